"""A site has one run at a time: what a schedule asks for waits for what a person has started in the page."""

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteRepositoryOrigin
from dagster._core.run_coordinator.base import SubmitRunContext
from dagster._utils.tags import TagConcurrencyLimitsCounter

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.instance.dagster_home import prepare
from retailsync_assets.orchestration.run_queue import NIGHT_TAG, SITE_TAG, SiteRunQueue
from retailsync_assets_tests.end_to_end.clocked import gates_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.clicks import at, file_is_there
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.played_night import Night

PAGE = RegisteredCodeLocationOrigin("retailsync")
STARTED, QUEUED, DONE = dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.SUCCESS


def of_the_page(
    night: Night, instance: dg.DagsterInstance, status: dg.DagsterRunStatus, days: int = 0, site: str | None = None
) -> dg.DagsterRun:
    """A run as "Materialize" makes it: of Dagster's own job, without a tag of ours."""
    key = dg.AssetKey([site or night.world.resources.site.name, "active_products"])
    return instance.create_run_for_job(
        night.daemon.repository.get_implicit_global_asset_job_def(),
        asset_selection=frozenset({key}) if site is None else None,
        tags={NIGHT_TAG: str(night.on - timedelta(days=days))} | ({} if site is None else {SITE_TAG: site}),
        status=status,
        remote_job_origin=RemoteRepositoryOrigin(PAGE, "__repository__").get_job_origin("__ASSET_JOB"),
    )


def launches(night: Night) -> bool:
    """Does the next look start anything, the list of tonight being due?"""
    file_is_there(night)
    at(night, "01:36")
    return night.daemon.look()


@pytest.mark.parametrize(
    "status, days, site, free",
    [
        (STARTED, 0, None, False),
        (QUEUED, 0, None, False),
        (STARTED, 1, None, False),
        (QUEUED, 1, None, True),
        (DONE, 0, None, True),
        (STARTED, 0, "another", True),
    ],
    ids=["tonight's", "tonight's, queued", "yesterday's", "a backfill's in the queue", "ended", "another site's"],
)
def test_a_run_of_the_page_is_waited_for(
    new_night: NewNight, status: dg.DagsterRunStatus, days: int, site: str | None, free: bool
) -> None:
    night = new_night()
    run = of_the_page(night, night.daemon.instance, status, days, site)
    assert launches(night) is free
    night.daemon.instance.delete_run(run.run_id)


def test_without_knowing_its_site_a_second_one_would_start(
    new_night: NewNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates.the_site_of_the_pages_runs(monkeypatch)
    night = new_night()
    of_the_page(night, night.daemon.instance, STARTED)
    assert launches(night)


@pytest.mark.parametrize("status, told", [(STARTED, 0), (DONE, 1)], ids=["under way", "ended"])
def test_what_is_under_way_when_time_is_up_is_not_missed_yet(
    new_night: NewNight, status: dg.DagsterRunStatus, told: int
) -> None:
    night = new_night()
    at(night, "00:30")
    night.daemon.look()
    run = of_the_page(night, night.daemon.instance, status)
    at(night, "05:55:30")
    night.daemon.look()
    assert len(night.ending().told) == told
    night.daemon.instance.delete_run(run.run_id)


def queued(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRun:
    """The run as the queue has it once it was submitted."""
    queue = instance.run_coordinator
    assert isinstance(queue, SiteRunQueue)
    return queue.submit_run(SubmitRunContext(run, workspace=None))  # pyright: ignore[reportArgumentType] - not asked for


def test_the_queue_that_is_put_in_place_holds_the_pages_run_back_while_another_is_live(
    new_night: NewNight, tmp_path: Path
) -> None:
    night = new_night()
    site = night.world.resources.site.name
    with dg.DagsterInstance.from_config(str(prepare(Home(tmp_path)))) as instance:
        live = instance.create_run_for_job(
            night.daemon.repository.get_job(f"{site}_reset_job"), tags={SITE_TAG: site}, status=STARTED
        )
        run = queued(instance, of_the_page(night, instance, dg.DagsterRunStatus.NOT_STARTED))
        assert (run.status, run.tags[SITE_TAG]) == (QUEUED, site)
        settings = instance.get_concurrency_config().run_queue_config
        assert settings is not None
        limits = settings.tag_concurrency_limits
        assert TagConcurrencyLimitsCounter(limits, [live]).is_blocked(run)
        assert not TagConcurrencyLimitsCounter(limits, []).is_blocked(run)
