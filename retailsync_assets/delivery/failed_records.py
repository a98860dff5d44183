"""HotWax's failed-records files: read once, kept beside the outbox, and matched to the rows that were sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retailsync_assets.config.home import Home
from retailsync_assets.config.wording import counted
from retailsync_assets.delivery import outbox
from retailsync_assets.delivery.import_files import keys_of, parse_failed_rows
from retailsync_assets.delivery.import_log import ImportRun
from retailsync_assets.ledger.models import Delivery
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.site import SiteResources

Row = dict[str, Any]
Key = tuple[str, str, str]
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"


@dataclass(frozen=True)
class FailedRows:
    """The rows of a delivered file that HotWax names as failed, and why they can't be all, or can't be these.

    A row has `file_name`, `facility_id`, `id_type` and `id_value` as they were sent, and `error`.
    """

    rows: tuple[Row, ...]
    doubt: str | None = None


def fetch_failed_records(resources: SiteResources, delivery: Delivery, found: ImportRun) -> bytes | None:
    """The failed-records file as it lies on HotWax's server, from now on kept here, too; else as it was kept.

    None where neither has it. Raises `Unreachable` where the server doesn't answer.
    """
    if found.failed_records_file:
        with resources.hotwax.session() as session:
            if session.stat(found.failed_records_file) is not None:
                content = session.read(found.failed_records_file)
                write_atomic(_file(resources.home, delivery), content)
                return content
    return kept_failed_records(resources.home, delivery)


def kept_failed_records(home: Home, delivery: Delivery) -> bytes | None:
    """The failed-records file of a delivery as it was when it was first read; None: it never was."""
    file = _file(home, delivery)
    return file.read_bytes() if file.is_file() else None


def _file(home: Home, delivery: Delivery) -> Path:
    return home.folder_for("outbox", delivery.site) / f"{delivery.file_name}.failed.csv"


def failed_rows(resources: SiteResources, delivery: Delivery, found: ImportRun, content: bytes | None) -> FailedRows:
    """What HotWax's count and its failed-records file come to, beside the bytes that were sent."""
    if found.total_rows == 0 and delivery.rows:
        return every_row_failed(resources, delivery)
    sent = outbox.load(resources.home, delivery)
    return match_failed_rows(delivery.file_name, sent, found, content, resources.site.hotwax.id_type)


def every_row_failed(resources: SiteResources, delivery: Delivery) -> FailedRows:
    """All rows of a file of which HotWax read none."""
    return FailedRows(tuple(_every_row(delivery.file_name, outbox.load(resources.home, delivery))))


def match_failed_rows(name: str, sent: bytes, found: ImportRun, content: bytes | None, id_type: str) -> FailedRows:
    """The same, of these bytes; `id_type` is that of a row that names none. Pure."""
    source = found.failed_records_file
    if content is None and found.failed_rows is not None and found.failed_rows >= len(keys_of(sent)):
        return FailedRows(tuple(_every_row(name, sent)))
    if content is None:
        where = f"and {source}, which should name them, is not on its server" if source else "and names them in no file"
        rows = counted(found.failed_rows, "row") if found.failed_rows else "some rows"
        return FailedRows((), f"HotWax failed {rows} of {name} {where}")
    try:
        named = parse_failed_rows(content)
    except ValueError as unreadable:
        return FailedRows((), f"{source} is no failed-records file of {name}: {unreadable}")
    keys, matched, strangers = _SentKeys(sent), list[Row](), list[Key]()
    for row in named:
        key = row["facility_id"], row["id_type"] or id_type, row["id_value"]
        as_sent = keys.spelling(key)
        if as_sent is None:
            strangers.append(key)
        else:
            fields = dict(zip(("facility_id", "id_type", "id_value"), as_sent, strict=True))
            matched.append({**fields, "error": row["error"], "file_name": name})
    if strangers:
        return FailedRows(tuple(matched), f"{source} names {', '.join(strangers[0])}, which {name} does not have")
    distinct = len({(row["facility_id"], row["id_type"], row["id_value"]) for row in matched})
    if found.failed_rows and distinct != found.failed_rows:
        return FailedRows(
            tuple(matched),
            f"{source} names {counted(distinct, 'row')} of {name}, and HotWax counts {found.failed_rows} failed",
        )
    return FailedRows(tuple(matched))


def _every_row(name: str, sent: bytes) -> Iterator[Row]:
    """Where HotWax failed as many rows as were sent, no file has to name them."""
    for key in keys_of(sent):
        fields = dict(zip(("facility_id", "id_type", "id_value"), key, strict=True))
        yield {**fields, "error": "HotWax failed every row", "file_name": name}


class _SentKeys:
    """The keys of a delivered file, found by any spelling that means the same; one that means two is none of them."""

    def __init__(self, content: bytes) -> None:
        self._keys = keys_of(content)
        self._alike: dict[Key, list[Key]] = {}
        for key in self._keys:
            self._alike.setdefault(_normal(key), []).append(key)

    def spelling(self, key: Key) -> Key | None:
        alike = self._alike.get(_normal(key), [])
        return key if key in self._keys else alike[0] if len(alike) == 1 else None


def _normal(key: Key) -> Key:
    """As ids of the raw file are read: blanks around them and, of a UPCA, zeros in front are nothing."""
    facility, kind, value = (part.strip(INVISIBLE).strip() for part in key)
    return facility.casefold(), kind.casefold(), value.lstrip("0") if kind.casefold() == "upca" else value.casefold()
