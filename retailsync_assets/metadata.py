"""What an asset shows in the page: rows, columns with their meaning, file, hash, snapshot, a look at the first rows."""

from datetime import date

import dagster as dg

from retailsync_assets.failures import in_one_line
from retailsync_assets.records import Made
from retailsync_assets.resources.lake import Lake, answer
from retailsync_assets.tables import TABLES
from retailsync_assets.workplace import Workplace

PREVIEW_ROWS = 10


def column_schema(table: str) -> dg.TableSchema:
    """The table's columns, with types and meanings."""
    return dg.TableSchema(
        columns=[dg.TableColumn(column.name, column.type.lower(), column.meaning) for column in TABLES[table]]
    )


def described(
    lake: Lake,
    place: Workplace,
    asset: str,
    on: date,
    *,
    table: str | None = None,
    rows: int | None = None,
    snapshot_id: str | None = None,
    detail: str = "",
    **more: dg.MetadataValue | int | float | str,
) -> dg.MaterializeResult[None]:
    """A table of the lake that was just written: kept in the ledger and described for the page.

    `table` where it isn't named as the asset, `rows` where the asset has more than its table shows; `detail`
    names the deliveries it was made from.
    """
    table = table or asset
    with lake.get_connection() as duck:
        lake.show(duck, on, table)
        written = duck.view(table)
        count = written.count("*").fetchall()[0][0] if rows is None else rows
        preview = answer(written.limit(PREVIEW_ROWS))
    digest = lake.sha256(table, on)
    with in_one_line():
        place.ledger.keep_made(on, Made(asset, snapshot_id, count, digest, place.now(), detail))
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "dagster/row_count": count,
            "dagster/partition_row_count": count,
            "dagster/column_schema": column_schema(asset),
            "dagster/uri": lake.file(table, on).as_uri(),
            "bytes": lake.file(table, on).stat().st_size,
            "sha256": digest,
            **({"snapshot": snapshot_id} if snapshot_id else {}),
            "preview": dg.MetadataValue.md(_markdown(preview)),
            **more,
        },
        data_version=dg.DataVersion(digest),
    )


def _markdown(rows: list[dict[str, object]]) -> str:
    if not rows:
        return "*no rows*"
    cells = [[str(value).replace("|", r"\|").replace("`", "'") for value in row.values()] for row in rows]
    lines = [list(rows[0]), ["---"] * len(rows[0]), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
