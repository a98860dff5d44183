"""The jobs of a site: which assets each makes, and which checks on its inputs block it."""

from datetime import timedelta

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from retailsync_assets.config.jobs import Job
from retailsync_assets.config.loader import Site
from retailsync_assets.orchestration.run_queue import SITE_TAG

LONGEST = timedelta(minutes=45)
"""A run of five million lines takes seconds, its file some minutes on a slow line: what lasts longer hangs."""
JOBS: dict[Job, tuple[str, ...]] = {
    "active_products": ("active_products",),
    "reset": (
        "raw_reset_file",
        "filtered_reset",
        "pos_acknowledgements",
        "partial_shipment_variance",
        "stuck_orders",
        "reset_delivery",
    ),
    "applied_reset": ("applied_reset",),
    "variance": ("pos_acknowledgements", "partial_shipment_variance", "stuck_orders", "variance_delivery"),
    "applied_inventory": ("applied_inventory", "night_report"),
}
INPUTS: dict[Job, tuple[tuple[str, str], ...]] = {
    "reset": (("active_products", "the_active_products_are_tonights"),),
    "variance": (
        ("filtered_reset", "the_reset_is_of_this_snapshot"),
        ("applied_reset", "the_evidence_is_of_this_reset"),
    ),
}
"""Checks on what a job reads and does not make: they run with it, and block it."""


def asset_job(site: Site, name: Job, chosen: tuple[str, ...]) -> UnresolvedAssetJobDefinition:
    keys = [dg.AssetKey([site.name, asset]) for asset in chosen]
    inputs = [dg.AssetCheckKey(dg.AssetKey([site.name, asset]), check) for asset, check in INPUTS.get(name, ())]
    return dg.define_asset_job(  # pyright: ignore[reportUnknownMemberType] - as above
        f"{site.name}_{name}",
        selection=dg.AssetSelection.assets(*keys) | dg.AssetSelection.checks(*inputs),
        tags={SITE_TAG: site.name, "dagster/max_runtime": str(int(LONGEST.total_seconds()))},
        description=f"{', '.join(chosen)} of {site.name}, for one business date.",
    )
