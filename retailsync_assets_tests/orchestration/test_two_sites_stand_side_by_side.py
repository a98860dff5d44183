from collections.abc import Iterator, Mapping

import dagster as dg
import pytest

from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.site import SiteResources
from retailsync_assets_tests.orchestration.conftest import SITES

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
ON = "2026-11-21"


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def failure(result: dg.ExecuteInProcessResult) -> str:
    """The line that the only failed step ended with."""
    (line,) = (
        event.step_failure_data.user_failure_data.description
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.STEP_FAILURE and event.step_failure_data.user_failure_data
    )
    assert line is not None
    return line


def test_a_code_location_of_both_loads_whole(defs: dg.Definitions) -> None:
    repository = defs.get_repository_def()
    repository.load_all_definitions()
    assert len(repository.get_all_jobs()) == 2 * len(site_definitions_jobs(defs, "demo")) + 1


def site_definitions_jobs(defs: dg.Definitions, site: str) -> list[str]:
    return [job.name for job in defs.get_repository_def().get_all_jobs() if job.name.startswith(f"{site}_")]


@pytest.mark.parametrize("site", SITES)
def test_a_job_works_for_its_own_site(
    defs: dg.Definitions, instance: dg.DagsterInstance, every_site: Mapping[str, SiteResources], site: str
) -> None:
    job = defs.resolve_job_def(f"{site}_active_products_job")
    result = job.execute_in_process(instance=instance, partition_key=ON, raise_on_error=False, run_config=QUIET)
    assert every_site[site].site.hotwax.oms_url in failure(result)


@pytest.mark.parametrize("site", SITES)
def test_what_is_materialized_by_hand_does_too(
    defs: dg.Definitions, instance: dg.DagsterInstance, every_site: Mapping[str, SiteResources], site: str
) -> None:
    """The web page's button runs Dagster's own job of all assets, which knows no tag."""
    result = defs.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=instance,
        partition_key=ON,
        raise_on_error=False,
        run_config=QUIET,
        asset_selection=[dg.AssetKey([site, "active_products"])],
    )
    assert every_site[site].site.hotwax.oms_url in failure(result)


def test_both_in_one_run_are_refused(defs: dg.Definitions, instance: dg.DagsterInstance) -> None:
    result = defs.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=instance,
        partition_key=ON,
        raise_on_error=False,
        run_config=QUIET,
        asset_selection=[dg.AssetKey([site, "active_products"]) for site in SITES],
    )
    assert not result.success
    assert "a run takes one site, this one has demo, other" in "".join(str(event) for event in result.all_events)


def test_one_site_alone_needs_no_merging(every_site: Mapping[str, SiteResources]) -> None:
    alone = site_definitions(every_site["demo"].site, every_site["demo"])
    alone.get_repository_def().load_all_definitions()
    assert {key.path[0] for key in alone.resolve_asset_graph().get_all_asset_keys()} == {"demo"}
