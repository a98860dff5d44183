"""Gate and filter as the night runs them, on one small file in one DuckDB: no server, no ledger."""

from pathlib import Path

import duckdb

from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.lines import Unreadable
from retailsync_assets.raw_file.parser import LandedFile, apply_rules, is_whole, left_out, parse
from retailsync_assets.raw_file.stream_check import StreamCheck
from retailsync_assets.resources.sql import query
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.raw_file.damage.oracle import Reset
from retailsync_assets_tests.raw_file.damage.sample import ACTIVE, STORES

SETTINGS = a_site().retail_pro


class Filter:
    """Keeps its file in `folder`; every file is filtered in a transaction that is rolled back.

    `delivered` says of the last one whether it came through.
    """

    def __init__(self, folder: Path) -> None:
        self.delivered = False
        self.file, self.sound = folder / "raw.csv", folder / "raw.sound.csv"
        self.duck = duckdb.connect(config={"threads": 1})
        products = "SELECT upca AS product_id, upca, ltrim(upca, '0') AS match_key FROM unnest($upcas) AS sold(upca)"
        self.duck.sql(products, params={"upcas": list(ACTIVE)}).create("active_products")
        stores = "SELECT code AS facility_id, code AS external_facility_id FROM unnest($codes) AS open(code)"
        self.duck.sql(stores, params={"codes": list(STORES)}).create("stores")

    def close(self) -> None:
        self.duck.close()

    def reset(self, content: bytes) -> Reset | str:
        """What would be delivered while no limit holds the night; or why nothing is."""
        self.delivered, gate = False, StreamCheck(SETTINGS)
        gate.feed(content)
        self.duck.begin()
        try:
            passed = gate.result()
            self.file.write_bytes(content)
            file = LandedFile(**vars(passed), landed=self.file, text=self.file, sound=self.sound)
            scanned = parse(self.duck, file, SETTINGS)
            apply_rules(self.duck, SETTINGS, 1_000_000)
            assert scanned.records + len(scanned.unreadable.numbers) + scanned.footer.lines == passed.rows
            if not is_whole(self.duck, scanned):
                self._located(file, scanned.unreadable, left_out(self.duck, file, scanned, SETTINGS))
            rows = self.duck.sql(query("reset/filtered_reset"), params={"floor": False, "snapshot_id": ""})
            self.delivered = True
            return {
                (store, upca): units for store, upca, units in rows.project("facility_id, upca, quantity").fetchall()
            }
        except Quarantined as refused:
            return str(refused)
        finally:
            self.duck.rollback()

    def _located(self, file: LandedFile, unreadable: Unreadable, found: list[dict[str, object]]) -> None:
        """Each line that was left out stands where it is said to stand."""
        content = file.landed.read_bytes()
        for row in found:
            number, offset = row["line"], row["byte_offset"]
            assert isinstance(offset, int)
            assert content[:offset].count(b"\n") + 1 == number
            assert content[offset - 1 : offset] == b"\n"
        assert unreadable.broken == len([row for row in found if "rule" in row])
