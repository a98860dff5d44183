"""The metadata of a materialization in the Dagster UI: figures, columns and their lineage, links, a preview."""

import os
import time
from collections.abc import Mapping
from datetime import date, datetime

import dagster as dg
from rich.filesize import decimal

from retailsync_assets.assets.lineage import origins, upstream
from retailsync_assets.config.jobs import FINAL_ASSET
from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.ledger.models import Delivery, Materialization, NightState, Snapshot
from retailsync_assets.resources.known_tables import keep
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.resources.sql import exists, query
from retailsync_assets.resources.tables import TABLES, WRITTEN_BESIDE, asset_of


def sftp_link(account: SftpAccount, folder: str, *names: str) -> dg.UrlMetadataValue:
    """A link to a file on the SFTP server, or to the folder of several; `~` is the login folder."""
    path = f"~/{folder.strip('/')}/{names[0] if len(names) == 1 else ''}"
    return dg.MetadataValue.url(f"sftp://{account.username}@{account.host}:{account.port}/{path}")


def report_link(resources: SiteResources, on: date) -> dg.UrlMetadataValue:
    """A link to the nightly report: below RETAILSYNC_REPORTS if the folder reports/ is served, otherwise to the file.

    The report is written when the run is complete: before that, the link leads to a report made by hand, or nowhere.
    """
    served, file = os.environ.get("RETAILSYNC_REPORTS"), resources.home.report(resources.site.name, on)
    return dg.MetadataValue.url(f"{served.rstrip('/')}/{resources.site.name}/{file.name}" if served else file.as_uri())


PREVIEW_ROWS = 10
RECOMPUTED = ("raw_reset_file", "filtered_reset")
"""What they write is made again until the reset is promised, and kept with it from then on."""
COMPLETES = {asset: job for job, asset in FINAL_ASSET.items()}
PLAIN = (str, int, float, bool)
Shown = dg.MetadataValue | int | float | str


def column_schema(asset: str) -> dg.TableSchema:
    """The columns of the asset's table with types and meanings; then those of the tables it writes beside it."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, column.type.lower(), column.meaning)
            for table in _written_by(asset)
            for column in TABLES[table]
            for name in [_shown(column.name, table)]
        ]
    )


def column_lineage(site: str, asset: str) -> dg.TableColumnLineage:
    """Each column of the schema with the columns of other assets that its values are made of, by the SQL."""
    return dg.TableColumnLineage(
        {
            _shown(column.name, table): [
                dg.TableColumnDep(dg.AssetKey([site, asset_of(origin.table)]), _shown(origin.column, origin.table))
                for origin in found
            ]
            for table in _written_by(asset)
            for column in TABLES[table]
            if (found := upstream(asset, table, column.name))
        }
    )


def column_sources(asset: str) -> dict[str, list[str]]:
    """The same as text, with HotWax's columns: the open-source Dagster UI has no view of column lineage."""
    return {
        _shown(column.name, table): [
            *(
                f"{asset_of(each.table)}: {_shown(each.column, each.table)}"
                for each in upstream(asset, table, column.name)
            ),
            *(f"HotWax: {each.table}.{each.column}" for each in origins(table)[column.name] if each.system == "HotWax"),
        ]
        for table in _written_by(asset)
        for column in TABLES[table]
    }


def columns(site: str, asset: str) -> dict[str, dg.MetadataValue]:
    """The schema of an asset's columns and, where there is any, their lineage; nothing for an asset without a table."""
    if asset not in TABLES:
        return {}
    own = column_lineage(site, asset)
    sources = {name: ", ".join(each) for name, each in column_sources(asset).items() if each}
    return {
        "dagster/column_schema": dg.MetadataValue.table_schema(column_schema(asset)),
        **({"dagster/column_lineage": dg.MetadataValue.column_lineage(own)} if own.deps_by_column else {}),
        **({"column_sources": dg.MetadataValue.json(sources)} if sources else {}),
    }


def _written_by(asset: str) -> tuple[str, ...]:
    return (asset, *WRITTEN_BESIDE.get(asset, ()))


def _shown(column: str, table: str) -> str:
    """A column's name in the Dagster UI: with its table where that isn't the asset's own."""
    return column if asset_of(table) == table else f"{table}.{column}"


def materialized(
    lake: Lake,
    resources: SiteResources,
    asset: str,
    on: date,
    *,
    table: str | None = None,
    rows: int | None = None,
    snapshot_id: str | None = None,
    deliveries: tuple[str, ...] = (),
    product_list: str = "",
    exact: bool = False,
    also: Mapping[str, Shown] | None = None,
    **more: Shown,
) -> dg.MaterializeResult[None]:
    """A table of the lake that was just written: recorded in the ledger and described for the Dagster UI.

    `table` where it isn't named as the asset, `rows` where the asset has more than its table shows; `deliveries`,
    `product_list` and `exact` say what it was made from; `also` and what else is named is shown as it is.
    """
    table, more = table or asset, {**(also or {}), **more}
    with lake.get_connection() as duck:
        lake.attach(duck, on, table, *(beside for beside in WRITTEN_BESIDE.get(asset, ()) if beside != table))
        written = duck.view(table)
        count = written.count("*").fetchall()[0][0] if rows is None else rows
        preview = fetch_dicts(written.limit(PREVIEW_ROWS))
        figures = fetch_dicts(duck.sql(query(f"metadata/{asset}")))[0] if exists(f"metadata/{asset}") else {}
    tables = {each: lake.sha256(each, on) for each in (table, *WRITTEN_BESIDE.get(asset, ())) if lake.has(each, on)}
    digest = tables[table]
    made = Materialization(asset, snapshot_id, count, digest, resources.now(), tables, deliveries, product_list, exact)
    resources.ledger.record_materialization(on, made, completes=COMPLETES.get(asset))
    standing = resources.ledger.night_state(on)
    report = report_link(resources, on)
    if asset not in RECOMPUTED:
        keep(lake, standing, *tables)
    seconds = seconds_so_far()
    size = more.get("bytes")
    size = size if isinstance(size, int) else lake.file(table, on).stat().st_size
    return dg.MaterializeResult(  # pyright: ignore[reportReturnType] - Dagster types its own default as a value
        metadata={
            "dagster/row_count": count,
            "dagster/partition_row_count": count,
            "dagster/uri": lake.file(table, on).as_uri(),
            "report": report,
            **{name: int(value) for name, value in figures.items()},
            **more,
            "bytes": size,
            **snapshot_metadata(_named(standing, snapshot_id), resources.now()),
            "seconds": round(seconds, 2),
            "rows_per_second": round(count / seconds),
            "kilobytes_per_second": round(size / 1000 / seconds, 1),
            "sha256": digest,
            "preview": shown_rows(table, preview),
            **columns(resources.site.name, asset),
        },
        data_version=dg.DataVersion(digest),
    )


def seconds_so_far() -> float:
    """How long the step that calls this has been running, by this machine's clock."""
    context = dg.AssetExecutionContext.get()
    key = context.get_step_execution_context().step.key
    (step,) = context.instance.get_run_step_stats(context.run.run_id, [key])
    return max(time.time() - (step.start_time or time.time()), 0.001)


def _named(standing: NightState, snapshot_id: str | None) -> Snapshot | None:
    return next((each for each in standing.snapshots if each.snapshot_id == snapshot_id), None)


def snapshot_metadata(snapshot: Snapshot | None, now: datetime) -> Mapping[str, Shown]:
    """The snapshot it was made from, its time and its age; nothing if it was made from none."""
    if snapshot is None:
        return {}
    return {
        "snapshot": snapshot.snapshot_id,
        "snapshot_as_of": dg.MetadataValue.timestamp(snapshot.as_of),
        "snapshot_age_hours": round((now - snapshot.as_of).total_seconds() / 3600, 2),
    }


def shown_rows(table: str, rows: list[dict[str, object]]) -> dg.TableMetadataValue:
    """The first rows of a table of the lake, under its own columns."""
    columns = [dg.TableColumn(column.name, column.type.lower(), column.meaning) for column in TABLES[table]]
    return shown(rows, dg.TableSchema(columns))


def shown(rows: list[dict[str, object]], schema: dg.TableSchema) -> dg.TableMetadataValue:
    """Rows as a table in the Dagster UI, which escapes all text."""
    records = [
        dg.TableRecord({name: value if isinstance(value, PLAIN) else "" if value is None else str(value)
                        for name, value in row.items()})
        for row in rows
    ]  # fmt: skip
    return dg.MetadataValue.table(records, schema)


def files_of(parts: tuple[Delivery, ...]) -> Mapping[str, Shown]:
    """Names, size and hashes of delivered files; a variance with nothing to deduct has none."""
    return {
        "file": ", ".join(part.file_name for part in parts) or "none: nothing to deduct",
        "bytes": sum(part.size for part in parts),
        **({"file_sha256": ", ".join(part.sha256 for part in parts)} if parts else {}),
    }


def reduction(before: int, after: int) -> Mapping[str, Shown]:
    """How much smaller what HotWax gets is than what Retail Pro sent, in words and as a figure to plot."""
    return {"reduction": f"{decimal(before)} → {decimal(after)}", "reduced_to_one_in": round(before / max(after, 1))}
