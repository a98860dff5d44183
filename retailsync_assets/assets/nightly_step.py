"""The body of an asset as a step of a Dagster run: what it answers, why it waits, or why it failed, in one line."""

from collections.abc import Callable, Generator
from datetime import date
from functools import wraps

import dagster as dg

from retailsync_assets.assets.failures import as_dagster_failure, observed_wait
from retailsync_assets.assets.finished import as_it_was
from retailsync_assets.errors import Waiting
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources

Answer = dg.MaterializeResult[None]
Body = Callable[[dg.AssetExecutionContext, Lake, SiteResources], Answer]
Step = Callable[[dg.AssetExecutionContext, Lake, SiteResources], Generator[Answer | dg.AssetObservation]]


def nightly_step(body: Body) -> Step:
    """The step of an asset that is named as its body; the asset needs `output_required=False`.

    What is finished stays as it is. A step that has to wait materializes nothing, and Dagster skips every asset below
    it: the reason is an observation of the asset, which the Dagster UI shows and `stop_reason` reads.
    """

    @wraps(body)
    def step(
        context: dg.AssetExecutionContext, lake: Lake, resources: SiteResources
    ) -> Generator[Answer | dg.AssetObservation]:
        with as_dagster_failure():
            unchanged = as_it_was(resources, body.__name__, date.fromisoformat(context.partition_key))
            try:
                yield body(context, lake, resources) if unchanged is None else unchanged
            except Waiting as outcome:
                context.log.info(str(outcome))
                yield observed_wait(context.asset_key, context.partition_key, outcome.text)

    return step
