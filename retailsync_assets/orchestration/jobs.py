"""The jobs of a site: which assets each makes, and which checks on its inputs block it."""

from datetime import timedelta
from typing import cast

import dagster as dg

from retailsync_assets.config.jobs import JobName, dagster_job
from retailsync_assets.config.loader import Site
from retailsync_assets.orchestration.run_queue import SITE_TAG

LONGEST = timedelta(minutes=45)
"""A run of five million lines takes seconds, its file some minutes on a slow line: a longer run hangs."""
JOBS: dict[JobName, tuple[str, ...]] = {
    "active_products": ("active_products",),
    "reset": (
        "raw_reset_file",
        "filtered_reset",
        "pos_acknowledgements",
        "partial_shipment_variance",
        "unacknowledged_shipments",
        "reset_delivery",
    ),
    "reset_confirmation": ("applied_reset",),
    "variance": ("pos_acknowledgements", "partial_shipment_variance", "unacknowledged_shipments", "variance_delivery"),
    "reconciliation": ("applied_inventory", "nightly_report"),
}
INPUTS: dict[JobName, tuple[tuple[str, str], ...]] = {
    "reset": (("active_products", "active_products_match_business_date"),),
    "variance": (
        ("filtered_reset", "reset_matches_snapshot"),
        ("applied_reset", "confirmation_matches_reset"),
    ),
}
"""Checks on what a job reads and does not make: they run with it, and block it."""


def asset_job(site: Site, name: JobName, chosen: tuple[str, ...]) -> dg.JobDefinition:
    """A job that makes the chosen assets of a business date.

    Dagster exports no name for what `define_asset_job` returns; wherever a job is taken, it is as good as one.
    """
    keys = [dg.AssetKey([site.name, asset]) for asset in chosen]
    inputs = [dg.AssetCheckKey(dg.AssetKey([site.name, asset]), check) for asset, check in INPUTS.get(name, ())]
    job = dg.define_asset_job(  # pyright: ignore[reportUnknownMemberType] - as above
        dagster_job(site.name, name),
        selection=dg.AssetSelection.assets(*keys) | dg.AssetSelection.checks(*inputs),
        tags={SITE_TAG: site.name, "dagster/max_runtime": str(int(LONGEST.total_seconds()))},
        description=f"Materializes {', '.join(chosen)} of {site.name} for one business date.",
    )
    return cast("dg.JobDefinition", job)
