"""Every way a nightly run can stop, a row each: what has happened, what is read of it, and what is mended outside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.end_to_end.stops.observed import Observed
from retailsync_assets_tests.servers.key_pair import KeyPair

Event = Callable[[Observed], object]


def nothing(_: Observed) -> None:
    """There is nothing to mend outside."""


def set_account(side: str, **changes: Any) -> Event:
    """The account of one side is another from now on, as after an edit of sites.toml."""

    def change(world: Observed) -> None:
        tables = {**world.settings, side: {**world.settings[side], "sftp": {**world.settings[side]["sftp"], **changes}}}
        world.reopen(tables)

    return change


def mended(world: Observed) -> None:
    """sites.toml is as it was."""
    world.reopen(world.settings)


def another_private_key(world: Observed) -> None:
    set_account("retail_pro", private_key=str(KeyPair(world.folder / "another").path))(world)


def missed(change: Event) -> Event:
    """The same, until after the schedules have given up."""

    def happen(world: Observed) -> None:
        change(world)
        world.take()
        world.at("11:56")

    return happen


def late_raw(world: Observed) -> None:
    world.raw(as_of="11:30")


def at_the_delivery(change: Event) -> Event:
    """The same, with a raw file: so the run gets as far as HotWax."""

    def happen(world: Observed) -> None:
        raw(world)
        change(world)

    return happen


def raw(world: Observed) -> None:
    world.raw()


def two_raw_files(world: Observed) -> None:
    world.raw(as_of="07:00")
    world.raw(as_of="07:05")


def cut_off(world: Observed) -> None:
    world.raw_bytes(b"upc,store_code,qty\n12345678905,S1,1\n12345678905,S2")


def whole_again(world: Observed) -> None:
    world.raw()


def oms_away(world: Observed) -> None:
    raw(world)
    (world.folder / "oms.db").rename(world.folder / "oms.away")
    (world.folder / "oms.db").mkdir()


def oms_back(world: Observed) -> None:
    (world.folder / "oms.db").rmdir()
    (world.folder / "oms.away").rename(world.folder / "oms.db")


def nothing_online(world: Observed) -> None:
    raw(world)
    world.execute("UPDATE SHOPIFY_SHOP SET IS_ENABLED = 'N'")


def online_again(world: Observed) -> None:
    world.execute("UPDATE SHOPIFY_SHOP SET IS_ENABLED = 'Y'")


def delivered(world: Observed) -> None:
    """The reset is in HotWax's folder."""
    world.orders.ship("F1", "-1 09:00")
    raw(world)
    world.take()


def import_failed(world: Observed) -> None:
    delivered(world)
    world.at("08:00").import_ends("SERVICE_FAILED")


def never_imported(world: Observed) -> None:
    delivered(world)
    world.at("09:00")


def imported(world: Observed) -> None:
    world.import_files()


def variance_out(world: Observed) -> None:
    delivered(world)
    world.at("08:00").import_files()
    world.take()
    world.at("09:05").take()


def variance_failed(world: Observed) -> None:
    variance_out(world)
    world.import_ends("SERVICE_CRASHED")


def variance_rows_failed(world: Observed) -> None:
    variance_out(world)
    with world.unknown_to_hotwax("F1"):
        world.import_files()


def oms_away_before_the_variance(world: Observed) -> None:
    delivered(world)
    world.at("08:00").import_files()
    world.take()
    world.at("09:05")
    (world.folder / "oms.db").rename(world.folder / "oms.away")
    (world.folder / "oms.db").mkdir()


def no_place_for_the_report(world: Observed) -> None:
    """The last job gets as far as the nightly report, whose folder is a file."""
    variance_out(world)
    world.import_files()
    (world.home.folder / "reports").rename(world.home.folder / "reports.away")
    (world.home.folder / "reports").write_text("in the way")


def a_place_for_the_report(world: Observed) -> None:
    (world.home.folder / "reports").unlink()
    (world.home.folder / "reports.away").rename(world.home.folder / "reports")


def older_ledger(world: Observed) -> None:
    """The ledger is put back to what it was before the reset was delivered."""
    raw(world)
    before = (world.home.folder / "ledger.db").read_bytes()
    world.take()
    for file in world.home.folder.glob("ledger.db*"):
        file.rename(file.with_name(f"{file.name}.newer"))
    (world.home.folder / "ledger.db").write_bytes(before)


def newer_ledger(world: Observed) -> None:
    for file in world.home.folder.glob("ledger.db*.newer"):
        file.replace(file.with_name(file.name.removesuffix(".newer")))


@dataclass(frozen=True)
class Stop:
    """`state` and `cause` (a piece of the first reason) are of what `happens`; then `mend` is done, and the next step.

    `runs`: how often it is tried; `alert`: whether a person is told of it before the schedules give up.
    """

    name: str
    happens: Event
    state: str
    cause: str
    mend: Event = nothing
    runs: int = 1
    alert: bool = True
    settings: dict[str, Any] | None = None

    def __str__(self) -> str:
        return self.name


NOBODY = {"port": 1}
OTHER_KEY = {"fingerprints": [FINGERPRINT]}
STOPS = (
    Stop("no file", nothing, "waiting", "no raw reset file", raw, alert=False),
    Stop("Retail Pro, another host key", set_account("retail_pro", **OTHER_KEY), "held", "host key mismatch", mended),
    Stop("Retail Pro, another private key", another_private_key, "held", "refused: sftp://", mended),
    Stop("Retail Pro away", set_account("retail_pro", **NOBODY), "failed", "sftp://", mended, alert=False),
    Stop("no file until the last try", missed(nothing), "failed", "missed: ", late_raw),
    Stop("Retail Pro away until the last try", missed(set_account("retail_pro", **NOBODY)), "failed", "missed: ",
         mended),
    Stop("the OMS away", oms_away, "failed", "the OMS database", oms_back, runs=3),
    Stop("HotWax away", at_the_delivery(set_account("hotwax", **NOBODY)), "failed", "sftp://", mended, runs=3),
    Stop("HotWax, another host key", at_the_delivery(set_account("hotwax", **OTHER_KEY)), "held", "host key mismatch",
         mended, runs=3),
    Stop("nothing online", nothing_online, "held", "HotWax sells nothing", online_again, runs=3),
    Stop("two files", two_raw_files, "held", "held: 2 raw files"),
    Stop("a file that is cut off", cut_off, "held", "quarantined: ", whole_again),
    Stop("the first date", raw, "held", "held: there is no earlier run", settings={"limits": {"first_night": "hold"}}),
    Stop("import of the reset failed", import_failed, "held", "with SERVICE_FAILED"),
    Stop("the reset is not imported", never_imported, "waiting", "has not imported ResetInventory_", imported),
    Stop("the OMS away before the variance", oms_away_before_the_variance, "failed", "the OMS database", oms_back,
         alert=False),
    Stop("import of the variance crashed", variance_failed, "held", "with SERVICE_CRASHED"),
    Stop("rows of the variance failed", variance_rows_failed, "held", "HotWax did not apply 1 row of"),
    Stop("no place for the report", no_place_for_the_report, "complete", "reports", a_place_for_the_report,
         alert=False),
    Stop("a ledger of yesterday", older_ledger, "failed", "the ledger is older than its manifests", newer_ledger,
         alert=False),
)  # fmt: skip
