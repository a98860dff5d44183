"""A small outside world around one site: Retail Pro's folder, HotWax and its imports, and a clock that a test sets."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import create_engine, text

from retailsync_assets import lookout
from retailsync_assets.home import Home
from retailsync_assets.report import Report
from retailsync_assets.sandbox.hotwax import HotWax
from retailsync_assets.sandbox.oms import create_schema, insert, tables
from retailsync_assets.sandbox.rows import Rows, stored
from retailsync_assets.sites import Site
from retailsync_assets.taking import take
from retailsync_assets.workplace import workplace
from retailsync_assets_tests.nights import dagster_in_memory
from retailsync_assets_tests.nights.catalogue import STORES, UPCAS, catalogue
from retailsync_assets_tests.nights.clock import NIGHT, SetClock, moment
from retailsync_assets_tests.nights.order_desk import OrderDesk
from retailsync_assets_tests.nights.site_file import Server, settings, written
from retailsync_assets_tests.sites.sample import merged

Key = tuple[str, str]
"""A store and a product: `("F1", "A")`."""

NONE: Mapping[Key, int] = {}
SKUS = {upca: sku for sku, upca in UPCAS.items()}


class World:
    """One site and what is around it. Files lie below `name` on the server, so that several worlds share one."""

    def __init__(
        self, folder: Path, server: Server, name: str, *, oms_url: str | None = None,
        stores: Mapping[str, str] = STORES, skus: Iterable[str] = ("A", "B", "C"), shelves: Mapping[Key, int] = NONE,
        **changes: Any,
    ) -> None:  # fmt: skip
        self.folder, self.name, self.stores, self.skus = folder, name, stores, tuple(skus)
        self.clock = SetClock()
        self.root = server.root
        url = oms_url or f"sqlite:///{folder / 'oms.db'}"
        self.settings = merged(settings(server, name, url), changes)
        self.inbox = self.root / self.settings["retail_pro"]["inbox"]
        self.folders = {kind: self.root / self.folder_of(kind) for kind in ("reset", "variance")}
        staging = self.root / self.settings["hotwax"]["staging_folder"]
        self.responses = self.root / self.settings["retail_pro"]["acknowledgements"]["folder"]
        for place in (self.inbox, self.responses, staging, *(f / side for f in self.folders.values() for side in ("archive", "error"))):
            place.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url)
        create_schema(self.engine)
        self.add(catalogue(stores, self.skus, shelves))
        self.orders = OrderDesk(self.engine)
        nowhere = self.settings["hotwax"]["staging_folder"]
        self.import_jobs = {
            "reset": HotWax(self.engine, self.root, self.clock.now, self.folder_of("reset"), nowhere),
            "variance": HotWax(self.engine, self.root, self.clock.now, nowhere, self.folder_of("variance")),
        }
        self.home = Home(folder / "home")
        dagster_in_memory.settle(folder / "dagster")
        self.open(written(folder / "sites.toml", {name: self.settings})[name])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    @property
    def landing(self) -> Path:
        """Where the product keeps the bytes of raw files."""
        return self.home.folder / "landing" / self.name

    def open(self, site: Site) -> None:
        """Works on this site from now on; the home stays."""
        self.place = workplace(site, self.home, self.clock)

    def folder_of(self, kind: str) -> str:
        return self.settings["hotwax"][f"{kind}_folder"]

    def at(self, clock: str) -> Self:
        """Sets the clock, as `moment` reads it."""
        self.clock.moment = moment(clock)
        return self

    def add(self, rows: Rows) -> None:
        """More rows into HotWax's database."""
        with self.engine.begin() as connection:
            insert(connection, tables(self.engine), rows)

    def execute(self, sql: str, **values: object) -> None:
        """Something happens in HotWax's database."""
        with self.engine.begin() as connection:
            assert connection.execute(text(sql), values).rowcount, f"no row: {sql}"

    def raw(self, units: Mapping[Key, object] | None = None, as_of: str = "07:00") -> Path:
        """A raw file: ten units of every product at every store but for these; None for a row that it does not have."""
        every: dict[Key, object] = {(facility, sku): 10 for facility in self.stores for sku in self.skus}
        rows = {key: quantity for key, quantity in (every | dict(units or {})).items() if quantity is not None}
        lines = (f"{UPCAS[sku].lstrip('0')},{self.stores[f]},{quantity}\n" for (f, sku), quantity in rows.items())
        return self.raw_bytes("".join(["upc,store_code,qty\n", *lines]).encode(), as_of)

    def raw_bytes(self, content: bytes, as_of: str = "07:00", subsidiary: str = "1") -> Path:
        """A raw file of these bytes."""
        file = self.inbox / f"RetailPro_Inventory_{subsidiary}_{moment(as_of):%Y%m%d%H%M%S}.csv"
        file.write_bytes(content)
        return file

    def take(self, on: date = NIGHT) -> Report:
        """`retailsync run`, now; it sees Dagster's home of this world only and waits no whole second for a file."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DAGSTER_HOME", str(self.folder / "dagster"))
            patch.setattr(lookout, "STILL_SECONDS", 0.01)
            return take(self.place, on, "a test", lambda step: None)

    def poll(self, *kinds: str) -> None:
        """HotWax's import jobs, or one of them, take the files off their folders and queue them."""
        for kind in kinds or self.import_jobs:
            self.import_jobs[kind].poll()

    def process(self) -> None:
        """HotWax gets round to what is queued."""
        self.import_jobs["reset"].process()

    def import_files(self, *kinds: str) -> None:
        """Both at once."""
        self.poll(*kinds)
        self.process()

    def import_ends(self, status: str) -> None:
        """HotWax takes the files off its folders, and the imports end with that status; nothing is applied."""
        self.poll()
        ended = "UPDATE DATA_MANAGER_LOG SET STATUS_ID = :status, FINISH_DATE_TIME = :now WHERE STATUS_ID = 'SERVICE_QUEUED'"
        self.execute(ended, status=status, now=stored(self.clock.moment))

    @contextmanager
    def unknown_to_hotwax(self, facility: str) -> Iterator[None]:
        """Every row of this store fails, as long as HotWax does not know the store."""
        rename = "UPDATE FACILITY SET FACILITY_ID = :new WHERE FACILITY_ID = :old"
        self.execute(rename, old=facility, new="GONE")
        yield
        self.execute(rename, old="GONE", new=facility)

    def play(self, on: date = NIGHT) -> Report:
        """The night from here to its end: HotWax imports at 08:00, the variance goes out at 09:00."""
        day = f"{(on - NIGHT).days:+d} " if on != NIGHT else ""
        self.take(on)
        self.at(f"{day}08:00").import_files()
        self.at(f"{day}09:00").take(on)
        self.import_files()
        return self.take(on)

    def approve(self, on: date = NIGHT) -> None:
        """`retailsync approve`, now."""
        assert self.place.ledger.approve(on, "a person", "it is right as it is", self.clock.now())

    def files(self, kind: str, on: date | None = None) -> dict[str, list[dict[str, str]]]:
        """The rows of every file that was delivered (for that date), by its name; whether or not HotWax has taken it."""
        folder, name = self.folders[kind], f"*_{on}_*.csv" if on else "*.csv"
        found = sorted([*folder.glob(name), *folder.glob(f"archive/{name}")], key=lambda file: file.name)
        return {file.name: list(csv.DictReader(io.StringIO(file.read_text()))) for file in found}

    def delivered(self, kind: str, on: date | None = None) -> dict[Key, float]:
        """Units by store and product, all such files together; a UPCA that is not HotWax's stays as it is."""
        column, units = {"reset": "availableQty", "variance": "availableDelta"}[kind], dict[Key, float]()
        for row in (row for rows in self.files(kind, on).values() for row in rows):
            key = row["facilityId"], SKUS.get(row["idValue"], row["idValue"])
            units[key] = units.get(key, 0) + float(row[column])
        return units

    def stock(self) -> dict[Key, float]:
        """HotWax's units on hand."""
        query = "SELECT FACILITY_ID, INTERNAL_NAME, QUANTITY_ON_HAND_TOTAL FROM INVENTORY_ITEM JOIN PRODUCT USING (PRODUCT_ID)"
        with self.engine.connect() as connection:
            return {(facility, sku): float(units) for facility, sku, units in connection.execute(text(query))}
