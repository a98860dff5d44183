"""Each row breaks one thing, and both commands look at it: what `run` names as the cause, `doctor` names, too."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from retailsync_assets.errors import RetailSyncError
from retailsync_assets.orchestration.execution.night_runner import run_night
from retailsync_assets.raw_file import inbox
from retailsync_assets.resources.site import site_resources
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.cli.doctor.conftest import NewClinic, examined, of_state
from retailsync_assets_tests.cli.doctor.test_what_a_server_lacks_or_grants_is_named import sshd
from retailsync_assets_tests.config.sample import FINGERPRINT, night_before
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.key_pair import KeyPair

Break = Callable[[World], object]
HERE, RETAIL_PRO, HOTWAX, DATABASE, RUN = (
    "this installation", "Retail Pro SFTP", "HotWax SFTP", "HotWax database", "nightly run"
)  # fmt: skip


@dataclass(frozen=True)
class Cause:
    """`settings` differ, or `breaks` happens after `first`; then `run` says `words`, and `doctor` does of `system`."""

    words: str
    system: str
    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    breaks: Break = lambda world: None
    first: Break = lambda world: None


def taken(world: World) -> NightStatus:
    """How the current business date stands after `retailsync run`, now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(world.home.folder / "dagster"))
        patch.setattr(inbox, "STILL_SECONDS", 0.01)
        resources = site_resources(world.resources.site, world.home, world.clock)
        return run_night(resources, business_date(world.clock.now(), resources.site), "a test", lambda step: None)


def refusal(world: World) -> list[str]:
    """The lines that `retailsync run` ends with."""
    try:
        found = taken(world)
    except RetailSyncError as refused:
        return [str(refused)]
    assert found.state in ("held", "failed"), found
    return list(found.lines)


def delivered(world: World) -> None:
    assert taken(world).state == "waiting"


def registered(world: World) -> None:
    """The reset is registered, and HotWax's folder is missing: the file waits in the outbox."""
    folder = world.folders["reset"]
    aside = folder.rename(folder.with_name("aside"))
    assert "there is no folder" in refusal(world)[0]
    aside.rename(folder)


def side(which: str, **sftp: Any) -> dict[str, Any]:
    return {which: {"sftp": sftp}}


def without_folder(name: str) -> Break:
    return lambda world: shutil.rmtree(world.inbox.parent / name)


def execute(statement: str) -> Break:
    def change(world: World) -> None:
        with world.engine.begin() as connection:
            connection.execute(text(statement))

    return change


def raw_file(world: World) -> Path:
    (file,) = world.inbox.iterdir()
    return file


def stamped(hours: float, *, copied: bool = False) -> Break:
    """The raw file, or a copy of it, is of a moment so many hours from now."""

    def rename(world: World) -> None:
        moment = world.clock.moment + timedelta(hours=hours)
        (shutil.copy if copied else shutil.move)(
            raw_file(world), world.inbox / f"RetailPro_Inventory_1_{moment:%Y%m%d%H%M%S}.csv"
        )

    return rename


def rewritten(content: bytes) -> Break:
    return lambda world: raw_file(world).write_bytes(content)


def in_the_home(path: str, content: str) -> Break:
    def write(world: World) -> None:
        file = world.home.folder / path
        shutil.rmtree(file, ignore_errors=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)

    return write


def later_ledger(world: World) -> None:
    engine = create_engine(world.home.ledger_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE schema_version SET version = 99"))
    engine.dispose()


def forgotten_delivery(world: World) -> None:
    manifest = world.home.folder_for("manifests", world.name) / "a.csv.json"
    manifest.write_text(json.dumps({"file_name": "a.csv", "epoch": 1}))


def altered_bytes(world: World) -> None:
    (file,) = (world.home.folder / "outbox" / world.name).glob("ResetInventory*.csv")
    file.write_text("altered")


def lost_rows(world: World) -> None:
    world.import_files()
    shutil.rmtree(world.home.folder / "outbox" / world.name / "tables")
    shutil.rmtree(world.home.folder / "lake" / world.name / "reset_delivery")


def foreign_file(world: World) -> None:
    on = business_date(world.clock.now(), world.resources.site)
    header = "facilityId,externalFacilityId,idType,idValue,availableQty,locationSeqId,resetByAtp,comments\n"
    (world.folders["reset"] / f"ResetInventory_{world.name}_{on}_1_abcdefabcdef.csv").write_text(header)


def foreign_import(world: World) -> None:
    foreign_file(world)
    world.import_files()


CAUSES = {
    "host key of Retail Pro's": Cause("host key mismatch: got SHA256", RETAIL_PRO,
                                      side("retail_pro", fingerprints=[FINGERPRINT])),
    "host key of HotWax's": Cause("host key mismatch: got SHA256", HOTWAX, side("hotwax", fingerprints=[FINGERPRINT])),
    "nobody listens": Cause("no connection", HOTWAX, side("hotwax", port=free_port())),
    "a key that is none": Cause("the private key can't be read", RETAIL_PRO, side("retail_pro", private_key=__file__)),
    "no inbox": Cause("there is no folder", RETAIL_PRO, breaks=without_folder("raw")),
    "no response folder": Cause("there is no folder", RETAIL_PRO,
                                {"retail_pro": {"acknowledgements": {"source": "responses"}}},
                                without_folder("responses")),
    "no reset folder": Cause("/ResetInventory", HOTWAX, breaks=without_folder("ResetInventory")),
    "no staging folder": Cause("/.staging", HOTWAX, breaks=without_folder(".staging")),
    "no database": Cause("there is no such file", DATABASE, breaks=lambda world: (world.folder / "oms.db").unlink()),
    "a table missing": Cause("no such table: FACILITY", DATABASE, breaks=execute("DROP TABLE FACILITY")),
    "nothing sold online": Cause("sells nothing online", DATABASE, breaks=execute("DELETE FROM SHOPIFY_SHOP")),
    "no open store": Cause("has no open store", DATABASE, breaks=execute("DELETE FROM PRODUCT_STORE_FACILITY")),
    "two stores alike": Cause("two stores have the same FACILITY.EXTERNAL_ID", DATABASE,
                              breaks=execute("UPDATE FACILITY SET EXTERNAL_ID = 'S1'")),
    "an import that the ledger does not know": Cause("which this ledger does not know", DATABASE,
                                                     breaks=foreign_import),
    "a ledger that is no database": Cause("not a database", HERE, breaks=in_the_home("ledger.db", "no database")),
    "a ledger of a later release": Cause("schema 99", HERE, breaks=later_ledger),
    "a ledger older than its manifests": Cause("a.csv was delivered (epoch 1)", HERE, breaks=forgotten_delivery),
    "a home older than its ledger": Cause("is older than its ledger", HERE, first=delivered,
                                          breaks=lambda world: shutil.rmtree(world.home.folder / "manifests")),
    "a folder of the home that is a file": Cause("/lake", HERE, breaks=in_the_home("lake", "a file")),
    "bytes that are not those registered": Cause("is not what the ledger promised", RUN, first=registered,
                                                 breaks=altered_bytes),
    "rows that are lost": Cause("the lake has lost reset_delivery", RUN, first=delivered, breaks=lost_rows),
    "a file that nobody here wrote": Cause("was not written by this ledger", RUN, breaks=foreign_file),
    "an import that failed": Cause("ended the import of", RUN, first=delivered,
                                   breaks=lambda world: world.import_ends("SERVICE_FAILED")),
    "no earlier run": Cause("there is no earlier run", RUN, {"limits": {"first_night": "hold"}}),
    "two raw files": Cause("2 raw files for", RUN, breaks=stamped(-1, copied=True)),
    "a stale snapshot": Cause("older than 2 hours", RUN, {"retail_pro": {"max_age_hours": 2}}, stamped(-3)),
    "a snapshot of the future": Cause("is in the future", RUN, breaks=stamped(1)),
    "a header without a column": Cause("has no column 'qty'", RUN, breaks=rewritten(b"upc,store_code\n1,S1\n")),
    "a file that is cut off": Cause("the file is cut off", RUN, breaks=rewritten(b"upc,store_code,qty\n1,S1,1")),
}  # fmt: skip


def both_say(world: World, words: str, system: str) -> None:
    lines = refusal(world)
    assert any(words in line for line in lines), lines
    failures = of_state(examined(world), "fail")
    named = [each for each in failures if each.system == system and words in each.found and each.next_step]
    assert named, failures


@pytest.fixture
def midway(clinic: NewClinic) -> NewClinic:
    """A clinic whose business date ends in twelve hours, so that an hour more or less is of the same."""
    cut_off = (datetime.now(UTC) + timedelta(hours=12)).time().replace(second=0, microsecond=0)
    return lambda *server, **changes: clinic(*server, schedule=night_before(cut_off), **changes)


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES)
def test_over_openssh_and_sqlite(midway: NewClinic, cause: Cause) -> None:
    world = midway(**cause.settings)
    cause.first(world)
    cause.breaks(world)
    both_say(world, cause.words, cause.system)


def test_a_key_that_the_server_does_not_know(midway: NewClinic, tmp_path: Path) -> None:
    key = str(KeyPair(tmp_path / "other").path)
    both_say(midway(**side("hotwax", private_key=key)), "the server refused the login", HOTWAX)


def test_a_wrong_password(midway: NewClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_PASSWORD", "canary")
    wrong = side("retail_pro", private_key=None, password={"env": "CLINIC_PASSWORD"})
    both_say(midway(**wrong), "the server refused the login", RETAIL_PRO)


def test_a_server_without_an_atomic_rename(midway: NewClinic, tmp_path: Path) -> None:
    with sshd(tmp_path / "openssh", "-P posix-rename") as server:
        both_say(midway(server), "has no posix-rename@openssh.com", HOTWAX)


def test_staging_on_another_file_system(midway: NewClinic, elsewhere: Path) -> None:
    both_say(midway(hotwax={"staging_folder": str(elsewhere)}), "is on another file system than", HOTWAX)


class WithoutRoom(ChrootedSFTP):
    """Its disk is full."""

    def statvfs(self, path: bytes) -> Any:
        import asyncssh

        found: Any = super().statvfs(path)
        return asyncssh.SFTPVFSAttrs(bsize=4096, frsize=4096, bavail=0, fsid=found.f_fsid)


def test_a_server_without_room(midway: NewClinic, tmp_path: Path) -> None:
    with AsyncSSHServer(tmp_path / "asyncssh", sftp=WithoutRoom) as server:
        both_say(midway(server), "has 0 bytes free", HOTWAX)
