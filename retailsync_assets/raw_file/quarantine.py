"""What was left out of a night, kept where it can be asked for: files and rows, with line, place, text and rule."""

import re
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from retailsync_assets.errors import Quarantined
from retailsync_assets.ledger.models import Snapshot, SnapshotState
from retailsync_assets.raw_file.lines import EMPTY, line_at, shown
from retailsync_assets.raw_file.parser import LandedFile, ParsedFile, is_whole, left_out
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources

NAMED_LINE = re.compile(r"\bline ([0-9]+)\b")

LOCATED = {"line": "BIGINT", "byte_offset": "BIGINT", "record": "BIGINT", "rule": "VARCHAR", "raw": "VARCHAR"}


@contextmanager
def recording_files(resources: SiteResources, lake: Lake, on: date) -> Generator[None]:
    """Whatever file this block quarantines is in `quarantined_files` afterwards, beside the date's others."""
    try:
        yield
    except Quarantined:
        _keep_files(resources, lake, on)
        raise


def _keep_files(resources: SiteResources, lake: Lake, on: date) -> None:
    judged = resources.ledger.night_state(on).snapshots
    rows = [_file(resources, lake, each) for each in judged if each.state is SnapshotState.QUARANTINED]
    with lake.get_connection() as duck:
        lake.load(duck, "quarantined", "quarantined_files", rows)
        lake.write_table(duck.table("quarantined"), on, "quarantined_files")


def _file(resources: SiteResources, lake: Lake, snapshot: Snapshot) -> dict[str, Any]:
    named, landed = NAMED_LINE.search(snapshot.reason), lake.landing / f"{snapshot.sha256}.csv"
    line = line_at(landed, int(named[1])) if named and landed.is_file() else None
    return {
        "snapshot_id": snapshot.snapshot_id,
        "file_name": snapshot.file_name,
        "sha256": snapshot.sha256,
        "bytes": snapshot.size,
        "rule": snapshot.reason.removeprefix(f"{snapshot.file_name}: "),
        "line": line and line.number,
        "byte_offset": line and line.offset,
        "raw": line and shown(line.content, resources.site.retail_pro.encoding),
    }


def reject(resources: SiteResources, snapshot: Snapshot, refusal: Quarantined) -> Quarantined:
    """An accepted file can't be used after all: its bytes stay; answers the error to raise, which names the file."""
    reason = f"{snapshot.file_name}: {refusal.text}"
    resources.ledger.record_snapshot(replace(snapshot, state=SnapshotState.QUARANTINED, reason=reason), resources.now())
    return Quarantined(reason)


def keep_rows(
    resources: SiteResources,
    lake: Lake,
    duck: DuckDBPyConnection,
    on: date,
    snapshot: Snapshot,
    file: LandedFile,
    seen: ParsedFile,
) -> int:
    """Write `quarantined_rows`, `rule_counts` and `line_balance` of a date; answers how many rows were left out.

    Reads `raw_scan`, `in_scope` and `unreadable_records` of this connection.
    """
    named = {"snapshot_id": snapshot.snapshot_id}
    if is_whole(duck, seen):
        lake.load(duck, "nothing", "quarantined_rows", [])
        lake.write_table(duck.table("nothing"), on, "quarantined_rows")
    else:
        lake.load_as(duck, "located_lines", LOCATED, left_out(duck, file, seen, resources.site.retail_pro))
        lake.write_query(duck, on, "raw_file/quarantined_rows", **named)
    rules = seen.unreadable.rules
    nothing = seen.footer.rules + Counter({EMPTY: rules[EMPTY]})
    for name, counts in (("unreadable_lines", rules - Counter({EMPTY: rules[EMPTY]})), ("lines_without_data", nothing)):
        lake.load(duck, name, "rule_counts", [{"rule": rule, "rows": count} for rule, count in counts.items()])
    lake.write_query(duck, on, "raw_file/rule_counts", absurd=resources.site.limits.absurd_quantity, **named)
    balance = {
        "lines": file.lines,
        "header": 1,
        "blank": file.blank_lines,
        "loaded": seen.records - seen.without_data,
        "without_data": seen.without_data + seen.footer.lines + rules[EMPTY],
        "quarantined": seen.unreadable.broken,
    }
    lake.load(duck, "balance", "line_balance", [{**named, **balance}])
    lake.write_table(duck.table("balance"), on, "line_balance")
    return duck.table("rule_counts").aggregate("CAST(coalesce(sum(quarantined), 0) AS BIGINT)").fetchall()[0][0]
