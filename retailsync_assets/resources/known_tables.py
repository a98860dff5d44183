"""The lake's tables as the ledger knows them: a lost table is never an empty one, and what was promised stands.

The ledger has the hash of every table. What a delivery rests on is kept once more beside the outbox, under its hash.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from retailsync_assets.errors import Remedy, SetupError
from retailsync_assets.ledger.models import DeliveryKind, NightState
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.lake_files import LakeFiles
from retailsync_assets.resources.tables import TABLES, asset_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from retailsync_assets.resources.lake import Lake

PROMISED = "filtered_reset"
"""Once a reset is promised, this name stands for the rows in the promised bytes, whatever was computed anew since."""
DELIVERED = {"reset_delivery": DeliveryKind.RESET, "variance_delivery": DeliveryKind.VARIANCE}


def keep(lake: LakeFiles, night: NightState, *tables: str) -> None:
    """Keep tables of a date beside the outbox, under their hashes; those that were not made are left out."""
    for table in tables:
        if lake.has(table, night.business_date):
            copy = _copy(lake, lake.sha256(table, night.business_date))
            if not copy.is_file():
                write_atomic(copy, lake.file(table, night.business_date).read_bytes())


def as_known(lake: LakeFiles, night: NightState) -> NightState:
    """The same business date with its tables in place: what is lost is put back from beside the outbox.

    Of an asset whose tables are kept nowhere nothing is known: it is left out of `made`, so that it is made again where
    that is still to come. Where the business date is complete nothing would be made again, and nothing is left out.
    """
    lost = {asset_of(table) for table, digest in _known(night) if not _is_there(lake, night, table, digest)}
    if not lost or night.is_of_current_deliveries("applied_inventory"):
        return night
    return replace(night, made={asset: made for asset, made in night.made.items() if asset not in lost})


def attach(duck: "DuckDBPyConnection", lake: "Lake", night: NightState, *tables: str) -> None:
    """Make tables of a business date readable under their names; one that was not made yet reads as empty.

    Raises `SetupError` for one that was made and is lost.
    """
    attach_as(duck, lake, night, **{table: table for table in tables})


def attach_as(duck: "DuckDBPyConnection", lake: "Lake", night: NightState, **names: str) -> None:
    """Make tables of a business date readable under other names."""
    on = night.business_date
    for name, table in names.items():
        source = _source(night, table)
        check_kept(lake, night, source)
        if source == table:
            lake.attach_as(duck, on, **{name: table})
        else:
            columns = ", ".join(column.name for column in TABLES[table])
            lake.attach_as(duck, on, **{f"{name}_promised": source})
            duck.view(f"{name}_promised").project(columns).create_view(name)


def check_kept(lake: LakeFiles, night: NightState, table: str) -> None:
    """Raises `SetupError` for a table of a business date that was made and is lost."""
    known, on = dict(_known(night)), night.business_date
    if table in known and not _is_there(lake, night, table, known[table]):
        raise SetupError(
            f"the lake has lost {table} of {on}: restore {lake.file(table, on)} from a backup", Remedy.FIX_THEN_RUN
        )


def is_kept(lake: LakeFiles, night: NightState, table: str) -> bool:
    """Is this table of a business date there, as the ledger knows it, or as far as older releases noted it?"""
    source = _source(night, table)
    digest = dict(_known(night)).get(source)
    if digest is None:
        return lake.has(source, night.business_date)
    return _is_there(lake, night, source, digest)


def _source(night: NightState, table: str) -> str:
    rows_kept = any(each.rows_sha256 for each in night.promised_reset)
    return "reset_delivery" if table == PROMISED and rows_kept else table


def _known(night: NightState) -> Iterator[tuple[str, str]]:
    """Every table of a business date with its hash; those of deliveries as they were promised."""
    for made in night.made.values():
        for table, digest in made.tables.items():
            if table not in DELIVERED and _source(night, table) == table:
                yield table, digest
    for table, kind in DELIVERED.items():
        newest = max(night.current_deliveries(kind), key=lambda each: each.seq, default=None)
        if newest is not None and newest.rows_sha256 is not None:
            yield table, newest.rows_sha256


def _is_there(lake: LakeFiles, night: NightState, table: str, digest: str) -> bool:
    """The table has this hash, if need be put back."""
    on = night.business_date
    if lake.has(table, on) and lake.sha256(table, on) == digest:
        return True
    copy = _copy(lake, digest)
    if not copy.is_file():
        return False
    file = lake.file(table, on)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomic(file, copy.read_bytes())
    return lake.sha256(table, on) == digest


def _copy(lake: LakeFiles, digest: str) -> Path:
    return lake.home.folder_for("outbox", lake.site, "tables") / f"{digest}.parquet"
