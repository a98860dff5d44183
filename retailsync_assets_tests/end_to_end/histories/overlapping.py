"""Many such nights in one database, and the product's own judgement of which variance rows still count."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from retailsync_assets.assets.applied_reset import EFFECT, FAILED, IMPORT
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery.applied_rows import import_that_applied, variances_delivered
from retailsync_assets.delivery.row_order import A_SECOND
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, Materialization, NightState
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.sandbox.hotwax.oms import create_schema, insert, tables
from retailsync_assets.sandbox.hotwax.rows import Rows
from retailsync_assets_tests.end_to_end.histories.overlap import STORE, WINDOW, Overlap, SharedShelf
from retailsync_assets_tests.end_to_end.histories.shelf import AS_OF, at

ON = AS_OF.date()
INDEXES = (
    "CREATE INDEX content_by_file ON DATA_MANAGER_CONTENT (FILE_NAME)",
    "CREATE INDEX content_by_log ON DATA_MANAGER_CONTENT (LOG_ID)",
    "CREATE INDEX item_by_product ON INVENTORY_ITEM (PRODUCT_ID)",
)
Row = dict[str, Any]


@dataclass
class Judged:
    """How the shelves end, and how often each odd thing happened."""

    shelves: int = 0
    exact: int = 0
    again: int = 0
    doubtful: int = 0
    wrong: list[str] = field(default_factory=list[str])
    happened: Counter[str] = field(default_factory=Counter[str])


def play_overlaps(site: Site, url: str, home: Path, nights: int, seed: int) -> Judged:
    """Plays so many nights in an empty database; what is not standing any more is deducted once more, as it would."""
    rows = Rows()
    rows.add("PRODUCT_STORE_FACILITY", PRODUCT_STORE_ID="STORE", FACILITY_ID=STORE, FROM_DATE=at(-1e8))
    told = [Overlap(number, seed, rows) for number in range(nights)]
    engine = create_engine(url)
    create_schema(engine)
    with engine.begin() as connection:
        for index in INDEXES:
            connection.exec_driver_sql(index)
        insert(connection, tables(engine), rows)
    engine.dispose()
    resources = _resources(site, url, home)
    standing = _standing(told)
    lake = Lake(resources.home, site.name)
    _inputs(resources, lake, standing, told)
    stand = {row["product_id"] for row in variances_delivered(resources, lake, standing)}
    return _judged(told, stand)


def _resources(site: Site, url: str, home: Path) -> SiteResources:
    place = Home(home)
    return SiteResources(
        site=site,
        home=place,
        ledger=Ledger(place.ledger_url, site.name),
        oms=Oms(url),
        retail_pro=SftpServer(site.retail_pro.sftp),
        hotwax=SftpServer(site.hotwax.sftp),
        clock=Clock(),
    )


def _standing(told: list[Overlap]) -> NightState:
    """Every file is applied; the reset's evidence is there."""
    plain = Delivery(
        "histories", ON, DeliveryKind.RESET, 1, 1, 1, "", "", "", "one", 1, 1, DeliveryState.APPLIED,
        finished_at=AS_OF,
    )  # fmt: skip
    resets = [replace(plain, file_name=night.reset_file(part)) for night in told for part in night.spans]
    variances = [replace(plain, kind=DeliveryKind.VARIANCE, file_name=night.variance_file) for night in told]
    names = tuple(sorted(each.file_name for each in resets))
    made = Materialization("applied_reset", "one", 1, "", AS_OF, deliveries=names)
    return NightState(ON, made={"applied_reset": made}, deliveries=(*resets, *variances))


def _inputs(resources: SiteResources, lake: Lake, standing: NightState, told: list[Overlap]) -> None:
    """What the assets before write."""
    sent = [_row(night.reset_file(each.part), each, quantity=each.quantity) for night in told for each in night.shelves]
    due = [_row(night.variance_file, each, delta=each.deducted) for night in told for each in night.shelves]
    imports: list[Row] = []
    for part in standing.current_deliveries(DeliveryKind.RESET):
        run = import_that_applied(resources, part)
        imports.append(
            {"file_name": part.file_name, "started_at": str(run.started_at), "finished_at": str(run.finished_at)}
        )
    span = {"started_at": at(3600 - 2), "finished_at": at(3600 + 3 * WINDOW)}
    with lake.get_connection() as duck:
        for table, rows in {"reset_delivery": sent, "variance_delivery": due}.items():
            lake.load(duck, table, table, rows)
            lake.write_table(duck.table(table), ON, table)
        lake.load_as(duck, "imports", IMPORT, imports)
        lake.load_as(duck, "effects", EFFECT, resources.oms.rows("reset_effects", product_stores=["STORE"], **span))
        lake.load_as(duck, "failed_rows", FAILED, [])
        lake.write_query(duck, ON, "reset/applied_reset", external=False, tolerance=A_SECOND.total_seconds())


def _row(file: str, shelf: SharedShelf, **units: int) -> Row:
    ids = {"external_facility_id": "S1", "upca": shelf.product}
    return {"file_name": file, "facility_id": STORE, "product_id": shelf.product, **ids, **units}


def _judged(told: list[Overlap], stand: set[str]) -> Judged:
    judged = Judged()
    for night in told:
        judged.happened.update(night.happened)
        for shelf in night.shelves:
            judged.shelves += 1
            judged.doubtful += shelf.doubtful
            judged.again += shelf.product not in stand
            end = shelf.hotwax + (0 if shelf.product in stand else shelf.deducted)
            judged.exact += end == shelf.should_end_at
            if end > shelf.should_end_at or (end != shelf.should_end_at and not shelf.doubtful):
                judged.wrong.append(f"{shelf}: {end}, and it should be {shelf.should_end_at}")
    return judged
