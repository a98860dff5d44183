"""Many histories in one database, and the pipeline's own SQL over all of them at once."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine

from retailsync_assets.assets.applied_reset import EFFECT, FAILED, IMPORT
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.oms import Oms
from retailsync_assets.sandbox.hotwax.oms import create_schema, insert, tables
from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets.variance.deduction import INPUTS, AsOf, compute_variance
from retailsync_assets_tests.end_to_end.histories.count import Count
from retailsync_assets_tests.end_to_end.histories.history import STORES, History
from retailsync_assets_tests.end_to_end.histories.shelf import AS_OF, FINISHED, SENT, STARTED, Shelf, at
from retailsync_assets_tests.servers.busy_oms import INDEXES

FILE = "ResetInventory.csv"
ON = AS_OF.date()
Key = tuple[str, str]
Row = dict[str, Any]


def play(site: Site, url: str, home: Path, histories: int, seed: int) -> Count:
    """Plays so many histories in an empty database; answers how their shelves end."""
    rows, responses = Rows(), list[Row]()
    for store in STORES:
        rows.add("FACILITY", FACILITY_ID=store, EXTERNAL_ID=store.replace("F", "S"))
        rows.add("PRODUCT_STORE_FACILITY", PRODUCT_STORE_ID="STORE", FACILITY_ID=store, FROM_DATE=at(-1e8))
    odd = not url.startswith("sqlite")
    told = [History(number, seed, rows, responses, other_letters=odd) for number in range(histories)]
    for history in told:
        history.until_sent()
    engine = create_engine(url)
    create_schema(engine)
    with engine.begin() as connection:
        insert(connection, tables(engine), rows)
    _index(engine)
    shelves = [shelf for history in told for shelf in history.shelves.values()]
    lake, oms = Lake(Home(home), site.name), Oms(url)
    _inputs(lake, oms, shelves, responses)
    sent = {name: _sent(lake, oms, each) for name, each in variants(site).items()}
    return _ended(told, sent)


def variants(site: Site) -> dict[str, Site]:
    """The site as it is, by the other rule, with the other evidence, with till movements booked again."""
    return {
        "strict": site,
        "documented": _with(site, "variance", rule="documented"),
        "replayed": _with(site, "variance", replay_movements=True),
        "responses": site.model_copy(
            update={"retail_pro": _with(site.retail_pro, "acknowledgements", source="responses")}
        ),
    }


def _with(settings: Any, section: str, **changes: object) -> Any:
    return settings.model_copy(update={section: getattr(settings, section).model_copy(update=changes)})


def _index(engine: Engine) -> None:
    with engine.begin() as connection:
        for table, columns in INDEXES.items():
            for number, each in enumerate(columns):
                connection.exec_driver_sql(f"CREATE INDEX {table}_{number} ON {table} ({each})")
    engine.dispose()


def _inputs(lake: Lake, oms: Oms, shelves: list[Shelf], responses: list[Row]) -> None:
    """What the assets before the variance write."""
    keys: list[Row] = [
        {
            "facility_id": shelf.store, "external_facility_id": shelf.store.replace("F", "S"),
            "product_id": shelf.product, "upca": shelf.product, "raw_quantity": shelf.counted,
            "quantity": max(shelf.counted, 0), "snapshot_id": "one", "file_name": FILE,
        }
        for shelf in shelves if not shelf.absent
    ]  # fmt: skip
    stores = [{"facility_id": store, "external_facility_id": store.replace("F", "S")} for store in STORES]
    written = {"filtered_reset": keys, "reset_delivery": keys, "stores": stores, "pos_acknowledgements": responses}
    failed = [
        {"file_name": FILE, "facility_id": each.store, "id_value": each.product} for each in shelves if each.fails
    ]
    imported = {"file_name": FILE, "started_at": str(at(STARTED)), "finished_at": str(at(FINISHED))}
    span = {"started_at": at(STARTED), "finished_at": at(FINISHED)}
    with lake.get_connection() as duck:
        for table, rows in written.items():
            lake.load(duck, table, table, rows)
            lake.write_table(duck.table(table), ON, table)
        lake.load_as(duck, "imports", IMPORT, [imported])
        lake.load_as(duck, "effects", EFFECT, oms.rows("reset_effects", product_stores=["STORE"], **span))
        lake.load_as(duck, "failed_rows", FAILED, failed)
        lake.write_query(duck, ON, "reset/applied_reset", external=False, tolerance=1.0)


def _sent(lake: Lake, oms: Oms, site: Site) -> dict[Key, int]:
    """Units that the variance file moves."""
    now = AS_OF.fromtimestamp(AS_OF.timestamp() + SENT, AS_OF.tzinfo)
    with lake.get_connection() as duck:
        lake.attach(duck, ON, *INPUTS)
        compute_variance(duck, lake, oms, site, AsOf(ON, AS_OF, now, exact=True))
        lake.load(duck, "variance_delivered", "variance_delivery", [])
        due = fetch_dicts(lake.run_query(duck, "variance/variance_due", external=False))
    return {(row["product_id"], row["facility_id"]): row["delta"] for row in due}


def _ended(told: list[History], sent: dict[str, dict[Key, int]]) -> Count:
    count = Count(histories=len(told), deducted=-sum(sent["strict"].values()))
    for history in told:
        count.seen += history.seen
    count.replayed = sum(sent["strict"].get(key) != delta for key, delta in sent["replayed"].items())
    for history in told:
        before = {key: shelf.hotwax for key, shelf in history.shelves.items()}
        history.to_the_end()
        documented = list[tuple[Shelf, int]]()
        for key, shelf in history.shelves.items():
            since = shelf.hotwax - before[key]
            # HotWax takes nothing below zero, and nothing beyond what it has.
            ends = {
                variant: before[key] + max(deltas.get(key, 0), -max(before[key], 0)) + since
                for variant, deltas in sent.items()
            }
            count.judge(shelf, ends)
            documented.append((shelf, ends["documented"]))
        count.judge_documented(documented)
    return count
