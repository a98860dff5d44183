"""An outcome other than well, as Dagster shows it: one line, no traceback, no retry of what a person has to mend."""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from retailsync_assets.outcomes import NotNow, Unreachable


@contextmanager
def in_one_line() -> Generator[None]:
    """Whatever `NotNow` this block raises fails the step with that line."""
    try:
        yield
    except NotNow as outcome:
        passing = isinstance(outcome, Unreachable)
        raise dg.Failure(description=str(outcome), allow_retries=passing) from outcome
