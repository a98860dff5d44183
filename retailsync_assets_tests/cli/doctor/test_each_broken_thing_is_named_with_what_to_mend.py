"""One thing is broken a row, on real servers; all else is still tried."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from retailsync_assets.ledger import engine
from retailsync_assets_tests.cli.doctor.conftest import NewClinic, examined, of_state
from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.free_port import free_port

Break = Callable[[World], object]
YAML = "dagster/dagster.yaml"
MAIL = {"host": "127.0.0.1", "port": free_port(), "sender": "a@b.example", "recipients": ["c@d.example"]}


@dataclass(frozen=True)
class SetupError:
    """`settings` differ, or `breaks` happens; then `subject` is in `state`, with these words."""

    subject: str
    found: str
    next_step: str
    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    breaks: Break = lambda world: None
    state: str = "fail"


def side(which: str, **sftp: Any) -> dict[str, Any]:
    return {which: {"sftp": sftp}}


def gone(which: str) -> Break:
    return lambda world: shutil.rmtree(world.inbox.parent / which)


def moved_clock(world: World) -> None:
    world.clock.moment -= timedelta(minutes=11)
    for file in world.inbox.iterdir():
        file.rename(file.with_name(f"RetailPro_Inventory_1_{world.clock.moment:%Y%m%d%H%M%S}.csv"))


def renamed_file(stamp_in_hours: float) -> Break:
    def rename(world: World) -> None:
        (file,) = world.inbox.iterdir()
        stamp = world.clock.moment + timedelta(hours=stamp_in_hours)
        file.rename(file.with_name(f"RetailPro_Inventory_1_{stamp:%Y%m%d%H%M%S}.csv"))

    return rename


def backdated(world: World) -> None:
    (file,) = world.inbox.iterdir()
    os.utime(file, (0, 0))


def in_the_home(path: str, content: str) -> Break:
    def write(world: World) -> None:
        file = world.home.folder / path
        shutil.rmtree(file, ignore_errors=True)
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(content)

    return write


def altered_journal(world: World) -> None:
    world.resources.ledger.begin_watch(world.clock.now().date(), world.clock.now())
    engine = create_engine(world.home.ledger_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE event SET what = 'another'"))
    engine.dispose()


def later_ledger(world: World) -> None:
    engine = create_engine(world.home.ledger_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    engine.dispose()


def unknown_delivery(world: World) -> None:
    manifest = world.home.folder_for("manifests", world.name) / "a.csv.json"
    manifest.write_text(json.dumps({"file_name": "a.csv", "epoch": 1}))


ROWS = {
    "host key": SetupError(
        "retail_pro.sftp",
        "host key mismatch",
        "retail_pro.sftp.fingerprints",
        side("retail_pro", fingerprints=[FINGERPRINT]),
    ),
    "host key of HotWax's": SetupError(
        "hotwax.sftp", "host key mismatch", "hotwax.sftp.fingerprints", side("hotwax", fingerprints=[FINGERPRINT])
    ),
    "nobody listens": SetupError("hotwax.sftp", "no connection", "hotwax.sftp.host", side("hotwax", port=free_port())),
    "key that is none": SetupError(
        "retail_pro.sftp", "can't be read", "retail_pro.sftp.private_key", side("retail_pro", private_key=__file__)
    ),
    "key open to others": SetupError(
        "retail_pro.sftp",
        "private key permissions of",
        "chmod 600",
        side("retail_pro", private_key=__file__),
        state="warn",
    ),
    "no inbox": SetupError("retail_pro.inbox", "there is no folder", "retail_pro.inbox", breaks=gone("raw")),
    "empty inbox": SetupError("retail_pro.inbox", "no raw file", "subsidiary", {"subsidiary": "2"}, state="warn"),
    "a snapshot of the future": SetupError(
        "retail_pro.inbox", "in the future", "as_of_time_zone", breaks=renamed_file(2), state="warn"
    ),
    "file older than its snapshot": SetupError(
        "retail_pro.inbox", "before its snapshot time", "clock", breaks=backdated, state="warn"
    ),
    "inbox open to all": SetupError(
        "retail_pro.inbox", "777", "read-only", breaks=lambda world: world.inbox.chmod(0o777), state="warn"
    ),
    "no response folder": SetupError(
        "retail_pro.acknowledgements.folder",
        "there is no folder",
        "retail_pro.acknowledgements.folder",
        {"retail_pro": {"acknowledgements": {"source": "responses"}}},
        gone("responses"),
    ),
    "no staging folder": SetupError("hotwax.staging_folder", "No such file", "staging_folder", breaks=gone(".staging")),
    "disk space of no staging folder": SetupError(
        "hotwax.staging_folder", "disk space of", "otherwise fix hotwax.staging_folder", breaks=gone(".staging")
    ),
    "rename from no staging folder": SetupError(
        "hotwax.reset_folder", "rename from", "fix hotwax.staging_folder first", breaks=gone(".staging")
    ),
    "no reset folder": SetupError(
        "hotwax.reset_folder", "there is no folder", "hotwax.reset_folder", breaks=gone("ResetInventory")
    ),
    "no variance folder": SetupError(
        "hotwax.variance_folder", "there is no folder", "hotwax.variance_folder", breaks=gone("InventoryVariance")
    ),
    "clocks": SetupError("hotwax.oms_url", "+6", "NTP", breaks=moved_clock),
    "server's clock": SetupError("hotwax.staging_folder", "+6", "NTP", breaks=moved_clock, state="warn"),
    "no database": SetupError(
        "hotwax.oms_url",
        "there is no such file",
        "hotwax.oms_url",
        breaks=lambda world: (world.folder / "oms.db").unlink(),
    ),
    "a table missing": SetupError(
        "hotwax.oms_url",
        "no such table: SHIPMENT_STATUS",
        "grant SELECT",
        breaks=lambda world: execute(world, "DROP TABLE SHIPMENT_STATUS"),
    ),
    "a column missing": SetupError(
        "hotwax.oms_url",
        "no such column",
        "the HotWax release",
        breaks=lambda world: execute(world, "ALTER TABLE ORDER_SHIPMENT DROP COLUMN QUANTITY"),
    ),
    "no such product store": SetupError("product_store", "no open store", "product_store", {"product_store": "NONE"}),
    "nothing sold": SetupError(
        "product_store",
        "sells nothing online",
        "product_store",
        breaks=lambda world: execute(world, "DELETE FROM SHOPIFY_SHOP"),
    ),
    "a store without code": SetupError(
        "product_store",
        "F1 without FACILITY.EXTERNAL_ID",
        "set it in HotWax",
        state="warn",
        breaks=lambda world: execute(world, "UPDATE FACILITY SET EXTERNAL_ID = NULL WHERE FACILITY_ID = 'F1'"),
    ),
    "lake": SetupError("home", "lake", "RETAILSYNC_HOME", breaks=in_the_home("lake", "a file")),
    "landing": SetupError("home", "landing", "RETAILSYNC_HOME", breaks=in_the_home("landing", "a file")),
    "home open to others": SetupError(
        "home", "755", "chmod 700", breaks=lambda world: world.home.folder.chmod(0o755), state="warn"
    ),
    "ledger": SetupError("ledger", "not a database", "restore", breaks=in_the_home("ledger.db", "no database")),
    "later ledger": SetupError("ledger", "schema 99", "restore", breaks=later_ledger),
    "journal": SetupError("ledger", "entry 1", "restore", breaks=altered_journal),
    "forgetful ledger": SetupError("ledger", "a.csv", "restore", breaks=unknown_delivery),
    "dagster.yaml": SetupError("dagster", "nonsense", "dagster.yaml", breaks=in_the_home(YAML, "nonsense: 1")),
    "no daemon": SetupError(
        "dagster", "daemon of queued runs, schedules, sensors: no run starts", "retailsync dev", state="warn"
    ),
    "mail": SetupError(
        "alerts.mail",
        "refused",
        "alerts.mail",
        {"alerts": {"mail": MAIL}},
    ),
}


def execute(world: World, statement: str) -> None:
    with world.engine.begin() as connection:
        connection.execute(text(statement))


def shows(world: World, row: SetupError) -> None:
    """The row's finding is there, nothing failed in another section, and every section was tried."""
    findings = examined(world)
    wanted = [
        each for each in of_state(findings, row.state)
        if each.subject.startswith(row.subject) and row.found in f"{each.tried}: {each.found}"
        and row.next_step in each.next_step
    ]  # fmt: skip
    assert wanted, [each for each in findings if each.state != "ok"]
    assert findings[-1].subject.startswith("alerts")
    assert {each.subject.partition(".")[0] for each in findings} >= {
        "settings", "retail_pro", "hotwax", "home", "ledger", "dagster", "alerts",
    }  # fmt: skip
    if row.state == "fail":
        section = row.subject.partition(".")[0]
        others = {each.subject.partition(".")[0] for each in of_state(findings, "fail")} - {section, "product_store"}
        assert others == set()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_over_openssh_and_sqlite(clinic: NewClinic, row: SetupError) -> None:
    world = clinic(**row.settings)
    row.breaks(world)
    shows(world, row)


def test_a_ledger_that_another_program_keeps_locked(clinic: NewClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    world = clinic()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(world.home.folder / "ledger.db")) as another:
        another.execute("PRAGMA locking_mode = EXCLUSIVE")
        another.execute("BEGIN EXCLUSIVE")
        shows(world, SetupError("ledger", "locked", "restore"))
