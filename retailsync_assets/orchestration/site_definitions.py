"""Everything Dagster needs for one site, and for several that share a deployment."""

import hashlib
import inspect
from collections.abc import Generator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from types import ModuleType
from typing import cast

import dagster as dg

from retailsync_assets.assets import (
    active_products,
    applied_inventory,
    applied_reset,
    filtered_reset,
    nightly_report,
    partial_shipment_variance,
    pos_acknowledgements,
    raw_reset_file,
    reset_delivery,
    unacknowledged_shipments,
    variance_delivery,
)
from retailsync_assets.assets.checks import data_quality, freshness, rows, variance
from retailsync_assets.assets.failures import failure_of, show_stacks
from retailsync_assets.assets.metadata import columns
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import Kind, Reason
from retailsync_assets.orchestration.approval import approve_job
from retailsync_assets.orchestration.freshness import policy
from retailsync_assets.orchestration.jobs import JOBS, asset_job
from retailsync_assets.orchestration.partitions import first_night, nights
from retailsync_assets.orchestration.run_queue import SITE_TAG, sites_of
from retailsync_assets.orchestration.schedules import schedules_of
from retailsync_assets.orchestration.sensors import sensors_of
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.lake_resource import LakeResource
from retailsync_assets.resources.locks import run_lock
from retailsync_assets.resources.site import SiteResources, site_resources

Resources = Mapping[str, dg.ResourceDefinition]
ASSETS: tuple[ModuleType, ...] = (
    raw_reset_file,
    active_products,
    filtered_reset,
    reset_delivery,
    applied_reset,
    pos_acknowledgements,
    partial_shipment_variance,
    unacknowledged_shipments,
    variance_delivery,
    applied_inventory,
    nightly_report,
)


def site_definitions(
    site: Site,
    resources: SiteResources | None = None,
    bindings: Resources | None = None,
    first: date | None = None,
) -> dg.Definitions:
    """Everything Dagster needs for one site, under its name as key prefix; partitions are its business dates.

    They begin at `first`, by default at `first_night`. Sites that are merged have to share `resources_of` them all.
    """
    resources = resources or site_resources(site, Home())
    bindings = bindings or resources_of({site.name: resources})
    partitions = nights(site, first or first_night(resources))
    tags = {SITE_TAG: site.name}
    assets = dg.map_asset_specs(
        # Dagster's signatures leave the type arguments of AutomationCondition and PathLike open: hence "unknown".
        lambda spec: spec.replace_attributes(  # pyright: ignore[reportUnknownMemberType]
            partitions_def=partitions,
            tags={**spec.tags, **tags},
            metadata={**spec.metadata, **columns(site.name, spec.key.path[-1])},
            group_name=f"{site.name}_{spec.group_name}",
            freshness_policy=policy(site, spec.key.path[-1]),
            code_version=spec.code_version or _of_source(spec.key.path[-1]),
            owners=owners(site),
        ),
        cast("Sequence[dg.AssetsDefinition]", dg.load_assets_from_modules(ASSETS, key_prefix=site.name)),  # pyright: ignore[reportUnknownMemberType]
    )
    checks = dg.load_asset_checks_from_modules([data_quality, freshness, rows, variance], asset_key_prefix=site.name)
    jobs = [asset_job(site, name, chosen) for name, chosen in JOBS.items()]
    return dg.Definitions(
        assets=dg.with_resources(assets, bindings),
        asset_checks=dg.with_resources(checks, bindings),
        jobs=[*jobs, approve_job(resources)],
        schedules=schedules_of(resources),
        sensors=sensors_of(resources, jobs),
        executor=dg.in_process_executor,
    )


def resources_of(every_site: Mapping[str, SiteResources]) -> Resources:
    """What assets and checks are handed, chosen for each run by its site.

    Dagster puts all assets of a deployment into one job for its own use, and there a name has to mean one resource.
    """

    def resources(context: dg.InitResourceContext) -> Generator[SiteResources]:
        chosen = every_site[_site_of(context.run, every_site)]
        with run_lock(chosen.home, context.run.run_id) if context.run else nullcontext():
            yield chosen
        show_stacks()

    def lake(context: dg.InitResourceContext) -> Lake:
        chosen = every_site[_site_of(context.run, every_site)]
        return LakeResource(home=str(chosen.home.folder), site=chosen.site.name).lake

    return {"resources": dg.ResourceDefinition(resources), "lake": dg.ResourceDefinition(lake)}


def _site_of(run: dg.DagsterRun | None, every_site: Mapping[str, SiteResources]) -> str:
    """The one site of a run, by what it makes or checks, else by its tag; raises `Failure` for two at once."""
    if len(every_site) == 1:
        return next(iter(every_site))
    found = sites_of(run) if run else set[str]()
    if len(found) != 1 or not found <= every_site.keys():
        text = f"a run takes one site, this one has {', '.join(sorted(found)) or 'none'}"
        raise failure_of(Reason(Kind.REFUSED, text))
    return found.pop()


def owners(site: Site) -> list[str]:
    """The owners that the Dagster UI shows: the recipients of the site's alerts, or a team named after the site."""
    told = site.alerts.mail.recipients if site.alerts.mail else []
    return [address for address in told if _may_own(address)] or [f"team:{site.name}"]


def _may_own(address: str) -> bool:
    """Does Dagster take this mail address for an owner? It takes fewer than mail servers do."""
    try:
        dg.AssetSpec("owned", owners=[address])
    except dg.DagsterInvalidDefinitionError:
        return False
    return True


def _of_source(asset: str) -> str:
    """The code version of an asset without SQL: its Python file's."""
    (module,) = (each for each in ASSETS if each.__name__.rpartition(".")[2] == asset)
    return hashlib.sha256(inspect.getsource(module).encode()).hexdigest()[:12]


def definitions_of(known: Mapping[str, Site], home: Home | None = None) -> dg.Definitions:
    """Everything of several sites, which share their resources; state lies in `home`, by default RETAILSYNC_HOME."""
    home = home or Home()
    every_site = {name: site_resources(site, home) for name, site in known.items()}
    bindings = resources_of(every_site)
    return dg.Definitions.merge(
        *(site_definitions(resources.site, resources, bindings) for resources in every_site.values())
    )
