"""One semi-join of the raw file, by one engine: rows whose UPC is wanted, zeros ignored, at a store that is wanted.

Imports nothing but the engine, so that it runs in the peers' environment too. Arguments: engine, raw file, keys as a
JSON file `{"upcs": […], "stores": […]}`, target CSV. The engines' own fastest common way, nothing tuned beyond it.
"""

import csv
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

COLUMNS = ("upc", "store_code", "qty")


def duckdb(raw: str, keys: dict[str, list[str]], target: str) -> int:
    """What a shell script would ask DuckDB."""
    machine: Any = importlib.import_module("duckdb").connect()
    query = f"""
        COPY (
            SELECT upc, store_code, qty
            FROM read_csv('{raw}', all_varchar = true) AS raw
            SEMI JOIN (SELECT unnest($upcs) AS upc) AS wanted ON wanted.upc = ltrim(trim(raw.upc), '0')
            SEMI JOIN (SELECT unnest($stores) AS code) AS store ON store.code = trim(raw.store_code)
            ORDER BY store_code, upc
        ) TO '{target}'
    """  # noqa: S608 - our own paths
    return machine.execute(query, keys).fetchall()[0][0]


def polars(raw: str, keys: dict[str, list[str]], target: str) -> int:
    pl: Any = importlib.import_module("polars")
    found = (
        pl.scan_csv(raw, infer_schema=False)
        .select(COLUMNS)
        .with_columns(key=pl.col("upc").str.strip_chars().str.strip_chars_start("0"))
        .join(pl.LazyFrame({"key": keys["upcs"]}), on="key", how="semi")
        .join(pl.LazyFrame({"store_code": keys["stores"]}), on="store_code", how="semi")
        .sort("store_code", "upc")
        .select(COLUMNS)
        .collect(engine="streaming")
    )
    found.write_csv(target)
    return found.height


def pyarrow(raw: str, keys: dict[str, list[str]], target: str) -> int:
    pa: Any = importlib.import_module("pyarrow")
    files: Any = importlib.import_module("pyarrow.csv")
    compute: Any = importlib.import_module("pyarrow.compute")
    options = files.ConvertOptions(include_columns=list(COLUMNS), column_types=dict.fromkeys(COLUMNS, pa.string()))
    rows = files.read_csv(raw, convert_options=options)
    upcs = compute.utf8_ltrim(compute.utf8_trim_whitespace(rows["upc"]), characters="0")
    wanted = compute.and_(
        compute.is_in(upcs, value_set=pa.array(keys["upcs"])),
        compute.is_in(rows["store_code"], value_set=pa.array(keys["stores"])),
    )
    found = rows.filter(wanted).sort_by([("store_code", "ascending"), ("upc", "ascending")])
    files.write_csv(found, target)
    return found.num_rows


def pandas(raw: str, keys: dict[str, list[str]], target: str) -> int:
    pd: Any = importlib.import_module("pandas")
    rows = pd.read_csv(raw, usecols=list(COLUMNS), dtype=str)
    rows = rows[rows["upc"].str.strip().str.lstrip("0").isin(keys["upcs"]) & rows["store_code"].isin(keys["stores"])]
    rows.sort_values(["store_code", "upc"])[list(COLUMNS)].to_csv(target, index=False)
    return len(rows)


def datafusion(raw: str, keys: dict[str, list[str]], target: str) -> int:
    pa: Any = importlib.import_module("pyarrow")
    session: Any = importlib.import_module("datafusion").SessionContext()
    with Path(raw).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    session.register_csv("raw", raw, schema=pa.schema([(name, pa.string()) for name in header]))
    session.from_pydict({"key": keys["upcs"]}, name="wanted")
    session.from_pydict({"code": keys["stores"]}, name="store")
    found = session.sql(
        "SELECT upc, store_code, qty FROM raw WHERE ltrim(trim(upc), '0') IN (SELECT key FROM wanted)"
        " AND trim(store_code) IN (SELECT code FROM store) ORDER BY store_code, upc"
    ).to_arrow_table()
    importlib.import_module("pyarrow.csv").write_csv(found, target)
    return found.num_rows


def chdb(raw: str, keys: dict[str, list[str]], target: str) -> int:
    engine: Any = importlib.import_module("chdb")
    with Path(raw).open(encoding="utf-8", newline="") as file:
        structure = ", ".join(f"{name} String" for name in next(csv.reader(file)))
    upcs, stores = (", ".join(f"'{key}'" for key in keys[kind]) for kind in ("upcs", "stores"))
    found = engine.query(
        f"SELECT upc, store_code, qty FROM file('{raw}', 'CSVWithNames', '{structure}')"  # noqa: S608 - our own words
        f" WHERE trim(LEADING '0' FROM trim(BOTH ' ' FROM upc)) IN ({upcs}) AND store_code IN ({stores})"
        " ORDER BY store_code, upc",
        "CSV",
    ).bytes()
    Path(target).write_bytes(found)
    return found.count(b"\n")


ENGINES = {engine.__name__: engine for engine in (duckdb, polars, pyarrow, pandas, datafusion, chdb)}


def main(name: str, raw: str, keys: str, target: str) -> None:
    importlib.import_module(name)
    wanted = json.loads(Path(keys).read_text(encoding="utf-8"))
    started, processor = time.monotonic(), time.process_time()
    rows = ENGINES[name](raw, wanted, target)
    said = {"seconds": time.monotonic() - started, "processor": time.process_time() - processor, "rows": rows}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:5])
