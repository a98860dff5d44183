"""The first partition: as configured, else the first business date that the ledger knows, else the current one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Kind, Reason
from retailsync_assets.ledger.models import OBSERVATION
from retailsync_assets.orchestration.partitions import LEDGER_AWAY
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.end_to_end.nights.clock import SetClock

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TONIGHT = date(2026, 11, 21)
NOBODY_LISTENS = "mysql+pymysql://retailsync:none@127.0.0.1:1/ledger"


def resources(folder: Path, first_night: str | None = None) -> SiteResources:
    clock = SetClock()
    clock.moment = NOW
    schedule = {} if first_night is None else {"first_night": first_night}
    return site_resources(a_site("demo", schedule=schedule), Home(folder), clock)


def keys(site: SiteResources) -> list[str]:
    """The partitions of an asset as the Dagster UI lists them at that moment."""
    job = site_definitions(site.site, site).get_repository_def().get_job("demo_reset_job")
    assert isinstance(job.partitions_def, dg.DailyPartitionsDefinition)
    return list(job.partitions_def.get_partition_keys(current_time=NOW))


@pytest.mark.parametrize("known", [0, 1, 30], ids=["nothing ran", "since yesterday", "for a month"])
def test_it_is_the_first_one_that_the_ledger_knows(tmp_path: Path, known: int) -> None:
    site = resources(tmp_path)
    for days in range(known + 1) if known else ():
        site.ledger.record_attempt(TONIGHT - timedelta(days=days), OBSERVATION, Reason(Kind.WAITING, "a raw file"), NOW)
    assert keys(site) == [str(TONIGHT - timedelta(days=days)) for days in reversed(range(known + 1))]


def test_it_is_the_one_that_is_configured(tmp_path: Path) -> None:
    assert keys(resources(tmp_path, first_night="2026-11-19")) == ["2026-11-19", "2026-11-20", "2026-11-21"]


def test_a_ledger_that_is_away_hides_no_business_date_that_is_looked_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETAILSYNC_LEDGER", NOBODY_LISTENS)
    assert keys(resources(tmp_path))[:: LEDGER_AWAY.days] == [str(TONIGHT - LEDGER_AWAY), str(TONIGHT)]
