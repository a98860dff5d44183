"""The ledger says what was told already. Where it can't, a person hears of it all the same, once."""

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from retailsync_assets.ledger import engine
from retailsync_assets.reporting.alerts import send_alert
from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.faults.test_a_ledger_that_is_busy import held
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld
from retailsync_assets_tests.reporting.alerts.conftest import NewPlace, by_mail
from retailsync_assets_tests.reporting.alerts.post_office import PostOffice
from retailsync_assets_tests.reporting.alerts.test_one_message_a_cause_a_night import LATE


def ruined(ledger: Path) -> bytes:
    """Its file is no database any more; answers what it was."""
    whole = ledger.read_bytes()
    ledger.write_bytes(b"no database" * 100)
    return whole


def test_a_cause_is_told_once_and_entered_later(new_place: NewPlace, office: PostOffice, tmp_path: Path) -> None:
    resources, ledger = new_place(office), tmp_path / "home" / "ledger.db"
    whole = ruined(ledger)
    assert [send_alert(resources, NIGHT, LATE) for _ in range(3)] == [True, False, False]
    ledger.write_bytes(whole)
    assert not send_alert(resources, NIGHT, LATE)
    assert resources.ledger.alerted(NIGHT, LATE.cause)
    assert len(office.letters) == 1


def subjects(office: PostOffice) -> list[str]:
    return [letter["Subject"].rpartition(": ")[2] for letter in office.letters]


def test_a_ruined_one_is_told_of_at_the_first_look(
    new_world: NewWorld, instance: dg.DagsterInstance, office: PostOffice
) -> None:
    world = new_world(alerts={"mail": by_mail(office)})
    daemon = Daemon(world, instance)
    daemon.look()
    ruined(world.home.folder / "ledger.db")
    for _ in range(3):
        daemon.look()
    assert subjects(office) == ["the ledger"]
    assert "file is not a database" in office.letters[0].get_content()
    assert {who.rpartition("_")[2] for _, who, line in daemon.said if "not a database" in line} == {
        "arrival",
        "confirmation",
    }


def test_a_busy_one_is_told_of_after_ten_minutes(
    new_world: NewWorld, instance: dg.DagsterInstance, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    world = new_world(alerts={"mail": by_mail(office)})
    daemon, heard = Daemon(world, instance), list[int]()
    with held(world.home.ledger_url):
        for minutes in (0, 9, 1, 1):
            world.clock.moment += timedelta(minutes=minutes)
            daemon.look()
            heard.append(len(office.letters))
    assert heard == [0, 0, 1, 1]
    assert "database is locked" in office.letters[0].get_content()
