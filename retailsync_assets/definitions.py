"""The table of contents: for each site its assets, checks, jobs, schedules and sensors."""

import hashlib
import inspect
from collections.abc import Generator, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from types import ModuleType
from typing import cast

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition
from dagster._core.utils import is_valid_email

from retailsync_assets import gates, variance_checks
from retailsync_assets.assets import (
    active_products,
    applied_inventory,
    applied_reset,
    filtered_reset,
    night_report,
    partial_shipment_variance,
    pos_acknowledgements,
    raw_reset_file,
    reset_delivery,
    stuck_orders,
    variance_delivery,
)
from retailsync_assets.deployment import embedded_folder, sites
from retailsync_assets.embedded_sensor import embedded_world_sensor
from retailsync_assets.freshness import policy
from retailsync_assets.home import Home
from retailsync_assets.metadata import columns
from retailsync_assets.ownership import living
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.lake_resource import LakeResource
from retailsync_assets.schedules import schedules_of
from retailsync_assets.sensors import sensors_of
from retailsync_assets.site_runs import SITE_TAG, sites_of
from retailsync_assets.sites import Site
from retailsync_assets.verdicts import Job
from retailsync_assets.workplace import Workplace, workplace

LONGEST = timedelta(minutes=45)
"""A run of five million lines takes seconds, its file some minutes on a slow line: what lasts longer hangs."""
Resources = Mapping[str, dg.ResourceDefinition]

ASSETS: tuple[ModuleType, ...] = (
    raw_reset_file,
    active_products,
    filtered_reset,
    reset_delivery,
    applied_reset,
    pos_acknowledgements,
    partial_shipment_variance,
    stuck_orders,
    variance_delivery,
    applied_inventory,
    night_report,
)
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


def site_definitions(site: Site, place: Workplace | None = None, resources: Resources | None = None) -> dg.Definitions:
    """Everything Dagster needs for one site, under its name as key prefix; partitions are its business dates.

    Sites that are merged have to share `resources_of` them all.
    """
    place = place or workplace(site, Home())
    resources = resources or resources_of({site.name: place})
    tags = {SITE_TAG: site.name}
    assets = dg.map_asset_specs(
        # Dagster's signatures leave the type arguments of AutomationCondition and PathLike open: hence "unknown".
        lambda spec: spec.replace_attributes(  # pyright: ignore[reportUnknownMemberType]
            partitions_def=nights(site),
            tags={**spec.tags, **tags},
            metadata={**spec.metadata, **columns(site.name, spec.key.path[-1])},
            group_name=f"{site.name}_{spec.group_name}",
            freshness_policy=policy(site, spec.key.path[-1]),
            code_version=spec.code_version or _of_source(spec.key.path[-1]),
            owners=owners(site),
        ),
        cast("Sequence[dg.AssetsDefinition]", dg.load_assets_from_modules(ASSETS, key_prefix=site.name)),  # pyright: ignore[reportUnknownMemberType]
    )
    checks = dg.load_asset_checks_from_modules([gates, variance_checks], asset_key_prefix=site.name)
    jobs = [_job(site, name, chosen) for name, chosen in JOBS.items()]
    return dg.Definitions(
        assets=dg.with_resources(assets, resources),
        asset_checks=dg.with_resources(checks, resources),
        jobs=jobs,
        schedules=schedules_of(place),
        sensors=sensors_of(place, jobs),
        executor=dg.in_process_executor,
    )


def resources_of(places: Mapping[str, Workplace]) -> Resources:
    """What assets and checks are handed, chosen for each run by its site.

    Dagster puts all assets of a deployment into one job for its own use, and there a name has to mean one resource.
    """

    def place(context: dg.InitResourceContext) -> Generator[Workplace]:
        chosen = places[_site_of(context.run, places)]
        with living(chosen.home, context.run.run_id) if context.run else nullcontext():
            yield chosen

    def lake(context: dg.InitResourceContext) -> Lake:
        chosen = places[_site_of(context.run, places)]
        return LakeResource(home=str(chosen.home.folder), site=chosen.site.name).lake

    return {"place": dg.ResourceDefinition(place), "lake": dg.ResourceDefinition(lake)}


def _site_of(run: dg.DagsterRun | None, places: Mapping[str, Workplace]) -> str:
    """The one site of a run, by what it makes or checks, else by its tag; raises `Failure` for two at once."""
    if len(places) == 1:
        return next(iter(places))
    found = sites_of(run) if run else set[str]()
    if len(found) != 1 or not found <= places.keys():
        raise dg.Failure(f"one site at a time, this run is of {', '.join(sorted(found))}", allow_retries=False)
    return found.pop()


def nights(site: Site) -> dg.DailyPartitionsDefinition:
    """One partition a business date; the newest is this moment's, which begins at the cut-off of the day before."""
    cut_off = site.at("cut_off")
    return dg.DailyPartitionsDefinition(
        start_date=site.schedule.first_night,
        timezone=site.time_zone,
        hour_offset=cut_off.hour,
        minute_offset=cut_off.minute,
        end_offset=2,
    )


def owners(site: Site) -> list[str]:
    """Whom the page names as an asset's owners: those who get the site's alerts, else a team called like the site."""
    told = site.alerts.mail.recipients if site.alerts.mail else []
    return [address for address in told if is_valid_email(address)] or [f"team:{site.name}"]


def _of_source(asset: str) -> str:
    """The code version of an asset without SQL: its Python file's."""
    (module,) = (each for each in ASSETS if each.__name__.rpartition(".")[2] == asset)
    return hashlib.sha256(inspect.getsource(module).encode()).hexdigest()[:12]


def _job(site: Site, name: Job, chosen: tuple[str, ...]) -> UnresolvedAssetJobDefinition:
    keys = [dg.AssetKey([site.name, asset]) for asset in chosen]
    inputs = [dg.AssetCheckKey(dg.AssetKey([site.name, asset]), check) for asset, check in INPUTS.get(name, ())]
    return dg.define_asset_job(  # pyright: ignore[reportUnknownMemberType] - as above
        f"{site.name}_{name}",
        selection=dg.AssetSelection.assets(*keys) | dg.AssetSelection.checks(*inputs),
        tags={SITE_TAG: site.name, "dagster/max_runtime": str(int(LONGEST.total_seconds()))},
        description=f"{', '.join(chosen)} of {site.name}, for one business date.",
    )


def definitions_of(known: Mapping[str, Site], home: Home | None = None) -> dg.Definitions:
    """Everything of several sites, which share their resources; state lies in `home`, by default RETAILSYNC_HOME."""
    home = home or Home()
    places = {name: workplace(site, home) for name, site in known.items()}
    resources = resources_of(places)
    return dg.Definitions.merge(*(site_definitions(place.site, place, resources) for place in places.values()))


@dg.definitions
def defs() -> dg.Definitions:
    """Every site of the deployment, and the embedded world where the packaged demo is the only one."""
    home = Home()
    every, world = definitions_of(sites(home), home), embedded_folder(home)
    beside = [] if world is None else [dg.Definitions(sensors=[embedded_world_sensor(world)])]
    return dg.Definitions.merge(every, *beside)
