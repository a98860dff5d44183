"""What is around one site: Retail Pro's folder, HotWax's two import jobs and its database, and a clock for all."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

from sqlalchemy import create_engine, text

from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.hotwax.oms import create_schema, insert, tables
from retailsync_assets.sandbox.hotwax.rows import Rows, stored
from retailsync_assets_tests.end_to_end.nights.catalogue import STORES, UPCAS, catalogue
from retailsync_assets_tests.end_to_end.nights.clock import SetClock, moment
from retailsync_assets_tests.end_to_end.nights.order_desk import OrderDesk
from retailsync_assets_tests.end_to_end.nights.site_file import Server, Settings

Key = tuple[str, str]
"""A store and a product: `("F1", "A")`."""

SKUS = {upca: sku for sku, upca in UPCAS.items()}
KINDS = ("reset", "variance")


class Outside:
    """The folders that a site's settings name are made on the server; the database gets its stores and products."""

    def __init__(
        self, server: Server, settings: Settings, stores: Mapping[str, str] = STORES,
        skus: Iterable[str] = ("A", "B", "C"), shelves: Mapping[Key, int] | None = None,
    ) -> None:  # fmt: skip
        self.settings, self.stores, self.skus = settings, stores, tuple(skus)
        self.clock = SetClock()
        retail_pro, hotwax = settings["retail_pro"], settings["hotwax"]
        self.inbox = server.root / retail_pro["inbox"]
        self.responses = server.root / retail_pro["acknowledgements"]["folder"]
        nowhere: str = hotwax["staging_folder"]
        names: dict[str, str] = {kind: hotwax[f"{kind}_folder"] for kind in KINDS}
        self.folders = {kind: server.root / name for kind, name in names.items()}
        sides = [folder / side for folder in self.folders.values() for side in ("archive", "error")]
        for place in (self.inbox, self.responses, server.root / nowhere, *sides):
            place.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(hotwax["oms_url"])
        create_schema(self.engine)
        self.tables = tables(self.engine)
        self.add(catalogue(stores, self.skus, shelves or {}))
        self.orders = OrderDesk(self.engine, self.tables)
        self.import_jobs = {
            "reset": HotWax(self.engine, server.root, self.clock.now, names["reset"], nowhere),
            "variance": HotWax(self.engine, server.root, self.clock.now, nowhere, names["variance"]),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def at(self, clock: str) -> Self:
        """Sets the clock, as `moment` reads it."""
        self.clock.moment = moment(clock)
        return self

    def raw(self, units: Mapping[Key, object] | None = None, as_of: str = "07:00") -> Path:
        """A raw file: ten units of every product at every store but for these; None for a row that it does not have."""
        every: dict[Key, object] = {(facility, sku): 10 for facility in self.stores for sku in self.skus}
        rows = {key: quantity for key, quantity in (every | dict(units or {})).items() if quantity is not None}
        lines = (f"{UPCAS[sku].lstrip('0')},{self.stores[f]},{quantity}\n" for (f, sku), quantity in rows.items())
        return self.raw_bytes("".join(["upc,store_code,qty\n", *lines]).encode(), as_of)

    def raw_bytes(self, content: bytes, as_of: str = "07:00", subsidiary: str = "") -> Path:
        """A raw file of these bytes; of this site's subsidiary or of another."""
        owner = subsidiary or self.settings["subsidiary"]
        file = self.inbox / f"RetailPro_Inventory_{owner}_{moment(as_of):%Y%m%d%H%M%S}.csv"
        file.write_bytes(content)
        return file

    def add(self, rows: Rows) -> None:
        """More rows into HotWax's database."""
        with self.engine.begin() as connection:
            insert(connection, self.tables, rows)

    def execute(self, sql: str, **values: object) -> None:
        """Something happens in HotWax's database."""
        with self.engine.begin() as connection:
            assert connection.execute(text(sql), values).rowcount, f"no row: {sql}"

    def poll(self, *kinds: str) -> None:
        """HotWax's import jobs, or one of them, take the files off their folders and queue them."""
        for kind in kinds or KINDS:
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
        ended = "UPDATE DATA_MANAGER_LOG SET STATUS_ID = :status, FINISH_DATE_TIME = :now WHERE STATUS_ID = :queued"
        self.execute(ended, status=status, now=stored(self.clock.moment), queued="SERVICE_QUEUED")

    @contextmanager
    def unknown_to_hotwax(self, facility: str) -> Iterator[None]:
        """Every row of this store fails, as long as HotWax does not know the store."""
        rename = "UPDATE FACILITY SET FACILITY_ID = :new WHERE FACILITY_ID = :old"
        self.execute(rename, old=facility, new="GONE")
        yield
        self.execute(rename, old="GONE", new=facility)

    def files(self, kind: str, on: date | None = None) -> dict[str, list[dict[str, str]]]:
        """The rows of every file delivered (for that date), by its name; whether or not HotWax has taken it."""
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
        columns = "FACILITY_ID, INTERNAL_NAME, QUANTITY_ON_HAND_TOTAL"
        query = text(f"SELECT {columns} FROM INVENTORY_ITEM JOIN PRODUCT USING (PRODUCT_ID)")
        with self.engine.connect() as connection:
            return {(facility, sku): float(units) for facility, sku, units in connection.execute(query)}
