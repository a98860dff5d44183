"""Every family of bad raw files, each a row: its bytes, how the night ends, and why, in the product's words."""

import gzip
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from retailsync_assets_tests.end_to_end.nights.outside import Key

HEADER = b"upc,store_code,qty\n"
LINES = tuple(
    b"%s,%s,%d\n" % (upc, store, units)
    for upc, store, units in (
        (b"12345678905", b"S1", 1), (b"885909950805", b"S1", 2), (b"1234567895", b"S1", 3),
        (b"12345678905", b"S2", 4), (b"885909950805", b"S2", 5), (b"1234567895", b"S2", 6),
    )
)  # fmt: skip
GOOD = HEADER + b"".join(LINES)
WHOLE: dict[Key, float] = {
    (store, sku): units
    for units, (store, sku) in enumerate(((store, sku) for store in ("F1", "F2") for sku in "ABC"), start=1)
}
A = ("F1", "A")


@dataclass(frozen=True)
class Bad:
    """`ends`: quarantined, held, taken, or left out; then `rules` has line → rule, and `without` the keys not sent."""

    name: str
    content: bytes
    ends: str
    why: str = ""
    rules: dict[int, str] = field(default_factory=dict[int, str])
    without: tuple[Key, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict[str, Any])

    def __str__(self) -> str:
        return self.name


def bad(name: str, content: bytes, why: str) -> Bad:
    return Bad(name, content, "quarantined", why)


def out(name: str, content: bytes, rules: dict[int, str], *without: Key) -> Bad:
    return Bad(name, content, "left out", rules=rules, without=without)


def first(line: bytes) -> bytes:
    """The good file with another first record, of A at F1."""
    return HEADER + line + b"\n" + b"".join(LINES[1:])


def quantity(text: bytes) -> bytes:
    return first(b"12345678905,S1," + text)


def named(name: bytes) -> bytes:
    """The good file with one more column in front."""
    return b"name," + HEADER + b"".join(name + b"," + line for line in LINES)


def backwards(line: bytes) -> bytes:
    return b",".join(reversed(line.strip().split(b","))) + b"\n"


def zipped(*names: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(name, GOOD)
    return archive.getvalue()


BAD = [
    bad("zero bytes", b"", "the file is empty"),
    bad("header only", HEADER, "a header and no record"),
    bad("HTML error page", b"<html><body>502 Bad Gateway</body></html>\n" * 3, "has no column 'upc'"),
    bad("JSON error page", b'{"error": "session expired"}\n{}\n', "has no column 'upc'"),
    bad("stores of another subsidiary", GOOD.replace(b",S", b",X"), "no row for any of the site's stores"),
    bad("gzip", gzip.compress(GOOD, mtime=0), "the file is gzip"),
    bad("truncated gzip", gzip.compress(GOOD, mtime=0)[:40], "the file is gzip"),
    bad("gzip with trailing junk", gzip.compress(GOOD, mtime=0) + b"junk\n", "the file is gzip"),
    bad("gzip of two members", gzip.compress(GOOD, mtime=0) * 2, "the file is gzip"),
    bad("gzip bomb", gzip.compress(bytes(1 << 22), mtime=0), "the file is gzip"),
    bad("zip with paths", zipped("../../etc/stock.csv", "a.csv"), "the file is zip"),
    Bad("UTF-8 BOM", b"\xef\xbb\xbf" + GOOD, "taken"),
    bad("UTF-16", GOOD.decode().encode("utf-16"), "the file is UTF-16"),
    bad("UTF-16, big end first", b"\xfe\xff" + GOOD.decode().encode("utf-16-be"), "the file is UTF-16"),
    bad("UTF-16 without a mark", GOOD.decode().encode("utf-16-le"), "line 1 has a NUL byte"),
    bad("a byte of cp1252", GOOD + b"9,S1,\xe9\n", "line 8 is not utf-8"),
    bad("one NUL", GOOD.replace(b"885909", b"885\x00909", 1), "line 3 has a NUL byte"),
    bad("a block of NULs", GOOD + bytes(32768) + b"\n", "line 8 has a NUL byte"),
    Bad("CRLF", GOOD.replace(b"\n", b"\r\n"), "taken"),
    bad("CR alone", GOOD.replace(b"\n", b"\r"), "the file is cut off"),
    bad("mixed newlines", GOOD.replace(b"\n", b"\r\n", 2), "line ends are mixed"),
    bad("no final newline", GOOD[:-1], "line 7, the last, has no line end: the file is cut off"),
    bad("cut mid-field", GOOD[:-6], "the file is cut off"),
    Bad("blank lines", GOOD.replace(LINES[2], b"\n\n" + LINES[2]) + b"\n", "taken"),
    bad("newline inside quotes", GOOD + b'"9\n9",S1,1\n', "line 8: a quote is not closed"),
    Bad("doubled quote", named(b'"12"" TV"'), "taken"),
    out("a field of 200 kB, beside a line that is no record", named(b'"%s"' % (b"T" * 200_000)) + b"no record\n",
        {8: "a field is missing"}),
    Bad("stray quote mid-field", named(b'12" TV'), "taken"),
    bad("unclosed quote", first(b'"12345678905,S1,1'), "line 2: a quote is not closed"),
    bad("unclosed quote, closed later", first(b'"12345678905,S1,1') + b'9",S1,1\n', "line 2: a quote is not closed"),
    bad("3 MB line", GOOD + b"9,S1," + b"0" * (3 << 20) + b"\n", "line 8 is longer than 1048576 bytes"),
    out("extra field", first(b"12345678905,S1,1,1"), {2: "a field too many"}, A),
    out("missing field", first(b"12345678905,S1"), {2: "a field is missing"}, A),
    Bad("trailing delimiter in one row", GOOD.replace(LINES[3], LINES[3][:-1] + b",\n"), "taken"),
    Bad("trailing delimiter everywhere", GOOD.replace(b"\n", b",\n"), "held",
        "its header ends in a delimiter too many"),
    Bad("trailing delimiter in the rows", HEADER + b"".join(LINES).replace(b"\n", b",\n"), "held",
        "its first record ends in a delimiter too many"),
    bad("other delimiter", GOOD.replace(b",", b";"), "has no column 'upc'"),
    bad("most lines are no records", HEADER + LINES[0] + b"no record\n" * 9, "9 of 10 lines can't be read as records"),
    out("comment line", GOOD.replace(LINES[2], b"# by hand\n" + LINES[2]), {4: "a comment, no record"}),
    bad("no header", b"".join(LINES), "has no column 'upc'"),
    bad("renamed column", GOOD.replace(b"upc", b"barcode"), "has no column 'upc'"),
    Bad("reordered columns", b"qty,store_code,upc\n" + b"".join(map(backwards, LINES)), "taken"),
    bad("duplicate header", GOOD.replace(b"upc,", b"upc,upc,"), "names twice the column 'upc'"),
    Bad("header in other letters", GOOD.replace(HEADER, b"UPC, Store Code ,QTY\n"), "taken"),
    Bad("leading zeros lost, where that holds", GOOD, "held", "4 of 6 UPCs have lost their leading zeros",
        settings={"zeros_restored": 0.001}),
    bad("six of them", GOOD + b"1.23E+11,S1,1\n" * 6, "6 UPCs are in scientific notation"),
    Bad("absurd", quantity(b"9999999"), "held", "1 row has 1,000,000 units or more"),
    Bad("overflow", quantity(b"9" * 30), "held", "1 row has 1,000,000 units or more"),
    Bad("unknown store", GOOD + b"12345678905,X9,7\n", "taken"),
    Bad("not sold online", GOOD + b"999,S1,7\n", "taken"),
    Bad("all zero", re.sub(rb"[0-9]+\n", b"0\n", GOOD), "held", "all 6 quantities are zero"),
    Bad("all equal", re.sub(rb"[0-9]+\n", b"7\n", GOOD), "held", "all 6 quantities are equal",
        settings={"equal_quantities": 6}),
]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Lines of a file that is sound otherwise, of a product of their own at S1; None: taken, with one unit."""

    text: str
    rule: str | None

    def __str__(self) -> str:
        return ascii(self.text)


ROWS = [
    Row("{upc},S1,1", None),
    Row("0{upc},S1,1", None),
    Row("{upc},S1,1\n{upc},S1,1.0", None),
    Row("{upc},S1,1.0", None),
    Row("{upc},S1,0001", None),
    Row(" {upc} , S1 ,1", None),
    Row("{upc}\u00a0,S1,1", None),
    Row("{upc}\u200b,S1,1", None),
    Row("\ufeff{upc},S1,1", None),
    Row("{upc},S1\u00a0,1", None),
    Row("{upc},S1,1,", None),
    Row("{upc},S1,1\n{upc}\u00a0,S1,1", "one key, different spellings"),
    Row("{upc},S1,1\n{upc},S1,2", "one key, different quantities"),
    Row("{upc},S1,1\n{upc},S1,1.5", "one key, different quantities"),
    Row("{upc},S1", "a field is missing"),
    Row("{upc},S1,1,1", "a field too many"),
    Row('"{upc}"9,S1,1', "text stands after a closing quote"),
    Row("# {upc}", "a comment, no record"),
    Row("TOTAL,,1", "a total, no record"),
    Row("TOTAL: 1", "a total, no record"),
    Row("{upc},Grand total,1", "a total, no record"),
    Row("{upc},,1", "no store code"),
    Row("1.23E+11,S1,1", "UPC in scientific notation"),
    Row("={upc},S1,1", "UPC starts like a formula"),
    Row('="{upc}",S1,1', "UPC starts like a formula"),
    Row("+{upc},S1,1", "UPC starts like a formula"),
    Row("-{upc},S1,1", "UPC starts like a formula"),
    Row("@{upc},S1,1", "UPC starts like a formula"),
    Row("\t{upc},S1,1", "UPC starts like a formula"),
    Row("{upc}.0,S1,1", "UPC has other characters than digits"),
    Row("'{upc}',S1,1", "UPC has other characters than digits"),
    Row("{upc},S1,3.7", "quantity has a fraction"),
    Row("{upc},S1,1e3", "quantity in scientific notation"),
    Row("{upc},S1,0x10", "quantity is not a number"),
    Row("{upc},S1,1_000", "quantity has a thousands separator"),
    Row('{upc},S1,"1,234"', "quantity has a thousands separator"),
    Row('{upc},S1,"1.234,00"', "quantity has a thousands separator"),
    Row("{upc},S1,+4", "quantity has a plus sign"),
    Row("{upc},S1, 7 ", "quantity has spaces around it"),
    Row("{upc},S1,(4)", "quantity in accounting notation"),
    Row("{upc},S1,4-", "quantity in accounting notation"),
    Row("{upc},S1,", "quantity is empty"),
    Row("{upc},S1,NULL", "quantity is not a number"),
    Row("{upc},S1,NaN", "quantity is not a number"),
    Row("{upc},S1,-", "quantity is not a number"),
    Row("{upc},S1,\u0661", "quantity is not a number"),
    Row("{upc},S1,\x1b[2J", "quantity is not a number"),
]
"""Each has `{upc}` for its product's."""
