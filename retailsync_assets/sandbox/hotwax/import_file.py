"""What a HotWax import file says: its header, its rows, and why a row can't be applied."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

RESET: Final = "RESET_INVENTORY"
VARIANCE: Final = "MDM_INV_VARIANCE"
QUANTITY: Final = {RESET: "availableQty", VARIANCE: "availableDelta"}


class UnreadableFile(ValueError):
    """Nothing of the file can be applied: not UTF-8, not CSV, or a header without the columns it takes."""


class BadRow(ValueError):
    """One row can't be applied; the text goes into the failed-records file."""


@dataclass(frozen=True)
class ImportFile:
    """A header and its rows, each as long or as short as it came."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def values(self, row: Sequence[str]) -> dict[str, str]:
        """The row by column name. Raises BadRow where it has too few or too many columns."""
        if len(row) != len(self.header):
            raise BadRow(f"expected {len(self.header)} columns, found {len(row)}")
        return dict(zip(self.header, (value.strip() for value in row), strict=True))


def read_import(content: bytes, config_id: str) -> ImportFile:
    """Reads a file of that Data Manager configuration. Raises UnreadableFile."""
    try:
        lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        header, *rows = [row for row in lines if row]
    except (UnicodeDecodeError, csv.Error, ValueError) as broken:
        raise UnreadableFile(f"not a CSV file in UTF-8: {broken}") from broken
    missing = {"idType", "idValue", QUANTITY[config_id]} - set(header)
    if missing or not {"facilityId", "externalFacilityId"} & set(header):
        raise UnreadableFile(f"the header lacks {', '.join(sorted(missing)) or 'facilityId'}")
    return ImportFile(header, rows)


def quantity(values: Mapping[str, str], column: str) -> float:
    """The number in that column. Raises BadRow for anything else."""
    try:
        number = Decimal(values[column])
    except InvalidOperation as wrong:
        raise BadRow(f"{column} is not a number: {values[column]!r}") from wrong
    if not number.is_finite():
        raise BadRow(f"{column} is not a number: {values[column]!r}")
    return float(number)


def failed_records(file: ImportFile, failures: Iterable[tuple[Sequence[str], str]]) -> bytes:
    """The input's columns and `error` last, one line a failed row; short rows are filled up."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*file.header, "error"])
    width = len(file.header)
    writer.writerows([*row[:width], *[""] * (width - len(row)), error] for row, error in failures)
    return text.getvalue().encode("utf-8")
