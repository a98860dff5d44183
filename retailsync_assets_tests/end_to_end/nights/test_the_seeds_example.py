"""The example of the integration's description: two stores, three products, one order that is still open."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from retailsync_assets.sandbox.sample.orders import Line, Parcel, Story, Unit
from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.end_to_end.nights.world import Key, World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH

STORES = {"NEW_YORK": "NYC", "NASHVILLE": "NSH"}
Grid = list[list[float]]
ORDER = Story(
    "the customer's",
    (Line("A", 2), Line("B", 2), Line("C", 2, "ITEM_APPROVED")),
    (Parcel("NEW_YORK", (Unit(1, 2), Unit(2, 2)), hours=0),),
    status="ORDER_APPROVED",
)


def grid(units: Mapping[Key, float]) -> Grid:
    """A, B and C, one row each: New York, Nashville."""
    return [[units.get((store, sku), 0) for store in STORES] for sku in "ABC"]


@dataclass
class Played:
    """The night as the description tells it, table by table."""

    world: World
    tables: dict[str, Grid] = field(default_factory=dict[str, Grid])
    report: NightStatus | None = None


@pytest.fixture(scope="module", params=["asyncssh-SQLite", "asyncssh-MariaDB", "OpenSSH-SQLite", "OpenSSH-MariaDB"])
def night(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    kind, database = request.param.split("-")
    folder = tmp_path_factory.mktemp("night")
    url = request.getfixturevalue("mariadb").database() if database == "MariaDB" else None
    with ExitStack() as stack:
        server = stack.enter_context((OpenSSH if kind == "OpenSSH" else AsyncSSHServer)(folder / "sftp"))
        nothing = dict.fromkeys([(store, "C") for store in STORES], 0)
        world = World(folder, server, "seed", oms_url=url, stores=STORES, shelves=nothing)
        yield play(stack.enter_context(world))


def play(world: World) -> Played:
    told = Played(world)
    world.orders.book("NEW_YORK", "-1 09:00", ORDER)
    told.tables["HotWax in the morning"] = grid(world.stock())
    world.raw({("NEW_YORK", "C"): 5, ("NASHVILLE", "C"): 5}, as_of="07:00")
    world.at("07:45").take()
    told.tables["reset file"] = grid(world.delivered("reset"))
    world.at("08:00").import_files()
    told.tables["HotWax after the reset"] = grid(world.stock())
    world.at("09:00").take()
    told.tables["variance file"] = grid(world.delivered("variance"))
    world.import_files()
    told.tables["HotWax after the variance"] = grid(world.stock())
    told.report = world.take()
    return told


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("HotWax in the morning", [[8, 10], [8, 10], [0, 0]]),
        ("reset file", [[10, 10], [10, 10], [5, 5]]),
        ("HotWax after the reset", [[10, 10], [10, 10], [5, 5]]),
        ("variance file", [[-2, 0], [-2, 0], [0, 0]]),
        ("HotWax after the variance", [[8, 10], [8, 10], [5, 5]]),
    ],
)
def test_every_table_is_the_descriptions(night: Played, table: str, expected: Grid) -> None:
    assert night.tables[table] == expected


def test_the_night_is_complete(night: Played) -> None:
    assert night.report is not None
    assert (night.report.state, night.report.lines, night.report.exit_code) == ("complete", (), 0)


def test_both_files_are_the_contracts_to_the_letter(night: Played) -> None:
    (raw,) = night.world.inbox.iterdir()
    snapshot = f"20251121070000-{hashlib.sha256(raw.read_bytes()).hexdigest()[:12]}"
    reset = [
        "facilityId,externalFacilityId,idType,idValue,availableQty,locationSeqId,resetByAtp,comments",
        *(
            f"{store},{STORES[store]},UPCA,{upca},{units},TLTLTLLL01,false,snapshot {snapshot}"
            for store in ("NASHVILLE", "NEW_YORK")
            for upca, units in (("001234567895", 5), ("012345678905", 10), ("885909950805", 10))
        ),
    ]
    content = "".join(f"{line}\n" for line in reset).encode()
    sha12 = hashlib.sha256(content).hexdigest()[:12]
    delivered = night.world.folders["reset"] / "archive" / f"ResetInventory_seed_2025-11-21_1_{sha12}.csv"
    assert delivered.read_bytes() == content
    variance = night.world.folders["variance"] / "archive" / f"InventoryVariance_seed_2025-11-21_1_for_{sha12}.csv"
    tail = f"-2.0,TLTLTLLL01,VAR_INTEGR,snapshot {snapshot}; reset {sha12}"
    assert variance.read_bytes().decode().split("\n") == [
        "facilityId,idType,idValue,availableDelta,locationSeqId,varianceReasonId,comments",
        f"NEW_YORK,UPCA,012345678905,{tail}",
        f"NEW_YORK,UPCA,885909950805,{tail}",
        "",
    ]
