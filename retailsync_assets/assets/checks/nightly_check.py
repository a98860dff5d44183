"""The body of an asset check as a step of a Dagster run: what it found, or why it failed, in one line."""

from collections.abc import Callable, Generator
from functools import wraps
from typing import ParamSpec, cast

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure, failure_of
from retailsync_assets.errors import Kind, Reason, Remedy

Given = ParamSpec("Given")
Body = Callable[Given, dg.AssetCheckResult]


def nightly_check(kind: Kind = Kind.REFUSED, remedy: Remedy | None = None) -> Callable[[Body[Given]], Body[Given]]:
    """The step of a check. One that fails as an error fails its run, for a reason of this kind, in its own words."""

    def decorate(body: Body[Given]) -> Body[Given]:
        @wraps(body)
        def step(*given: Given.args, **named: Given.kwargs) -> Generator[dg.AssetCheckResult]:
            with as_dagster_failure():
                found = body(*given, **named)
                yield found
            if not found.passed and found.severity is dg.AssetCheckSeverity.ERROR:
                raise failure_of(Reason(kind, found.description or body.__name__, remedy))

        return cast("Body[Given]", step)  # Dagster takes a generator for a check, as for any step; its types don't

    return decorate
