"""Every family of bad raw files, each a row: its bytes, how the night ends, and why, in the product's words."""

import gzip
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from retailsync_assets_tests.nights.outside import Key

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
A, B = ("F1", "A"), ("F1", "B")


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
    bad("stores of another subsidiary", GOOD.replace(b",S", b",X"), "no row of any of the site's stores"),
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
    Bad("NBSP in a key", first("12345678905\u00a0,S1,1".encode()), "taken"),
    Bad("zero width in a key", first("123\u200b45678905,S1,1".encode()), "taken"),
    Bad("BOM within a key", first("\ufeff12345678905,S1,1".encode()), "taken"),
    Bad("NBSP in a store code", first("12345678905,S1\u00a0,1".encode()), "taken"),
    out("a key with NBSP and without", GOOD + "12345678905\u00a0,S1,1\n".encode(),
        dict.fromkeys((2, 8), "one key, different spellings"), A),
    Bad("CRLF", GOOD.replace(b"\n", b"\r\n"), "taken"),
    bad("CR alone", GOOD.replace(b"\n", b"\r"), "the file is cut off"),
    bad("mixed newlines", GOOD.replace(b"\n", b"\r\n", 2), "line ends are mixed"),
    bad("no final newline", GOOD[:-1], "line 7, the last, has no line end: the file is cut off"),
    bad("cut mid-field", GOOD[:-6], "the file is cut off"),
    Bad("blank lines", GOOD.replace(LINES[2], b"\n\n" + LINES[2]) + b"\n", "taken"),
    bad("newline inside quotes", GOOD + b'"9\n9",S1,1\n', "line 8: a quote is not closed"),
    Bad("doubled quote", named(b'"12"" TV"'), "taken"),
    Bad("stray quote mid-field", named(b'12" TV'), "taken"),
    bad("unclosed quote", first(b'"12345678905,S1,1'), "line 2: a quote is not closed"),
    bad("unclosed quote, closed later", first(b'"12345678905,S1,1') + b'9",S1,1\n', "line 2: a quote is not closed"),
    bad("3 MB line", GOOD + b"9,S1," + b"0" * (3 << 20) + b"\n", "line 8 is longer than 1048576 bytes"),
    out("extra field", first(b"12345678905,S1,1,1"), {2: "a field too many"}, A),
    out("missing field", first(b"12345678905,S1"), {2: "a field is missing"}, A),
    out("text after a quote", first(b'"12345678905"9,S1,1'), {2: "text stands after a closing quote"}, A),
    Bad("trailing delimiter in one row", GOOD.replace(LINES[3], LINES[3][:-1] + b",\n"), "taken"),
    Bad("trailing delimiter everywhere", GOOD.replace(b"\n", b",\n"), "held",
        "its header ends in a delimiter too many"),
    Bad("trailing delimiter in the rows", HEADER + b"".join(LINES).replace(b"\n", b",\n"), "held",
        "its first record ends in a delimiter too many"),
    bad("other delimiter", GOOD.replace(b",", b";"), "has no column 'upc'"),
    bad("most lines are no records", HEADER + LINES[0] + b"no record\n" * 9, "9 of 10 lines are no records"),
    out("comment line", GOOD.replace(LINES[2], b"# by hand\n" + LINES[2]), {4: "a comment, no record"}),
    out("TOTAL footer", GOOD + b"TOTAL,,21\n", {8: "a total, no record"}),
    out("short TOTAL footer", GOOD + b"TOTAL: 21\n", {8: "a total, no record"}),
    out("no store code", first(b"12345678905,,1"), {2: "no store code"}, A),
    bad("no header", b"".join(LINES), "has no column 'upc'"),
    bad("renamed column", GOOD.replace(b"upc", b"barcode"), "has no column 'upc'"),
    Bad("reordered columns", b"qty,store_code,upc\n" + b"".join(map(backwards, LINES)), "taken"),
    bad("duplicate header", GOOD.replace(b"upc,", b"upc,upc,"), "names twice the column 'upc'"),
    Bad("header in other letters", GOOD.replace(HEADER, b"UPC, Store Code ,QTY\n"), "taken"),
    Bad("leading zeros lost", first(b"12345678905,S1,1"), "taken"),
    Bad("leading zeros lost, where that holds", GOOD, "held", "4 of 6 UPCs have lost their leading zeros",
        settings={"zeros_restored": 0.001}),
    out("1.23E+11 in a key", first(b"1.23E+11,S1,1"), {2: "UPC in scientific notation"}, A),
    bad("six of them", GOOD + b"1.23E+11,S1,1\n" * 6, "6 UPCs are in scientific notation"),
    Bad("a row twice", GOOD + LINES[0], "taken"),
    out("a key with two quantities", GOOD + b"12345678905,S1,9\n",
        dict.fromkeys((2, 8), "one key, different quantities"), A),
    out("a fraction", quantity(b"3.7"), {2: "quantity has a fraction"}, A),
    out("1e3", quantity(b"1e3"), {2: "quantity in scientific notation"}, A),
    out("hexadecimal", quantity(b"0x10"), {2: "quantity is not a number"}, A),
    out("1_000", quantity(b"1_000"), {2: "quantity has a thousands separator"}, A),
    out("+4", quantity(b"+4"), {2: "quantity has a plus sign"}, A),
    out("spaces", quantity(b" 7 "), {2: "quantity has spaces around it"}, A),
    out("1,234", quantity(b'"1,234"'), {2: "quantity has a thousands separator"}, A),
    out("1.234,00", quantity(b'"1.234,00"'), {2: "quantity has a thousands separator"}, A),
    out("(4)", quantity(b"(4)"), {2: "quantity in accounting notation"}, A),
    out("4-", quantity(b"4-"), {2: "quantity in accounting notation"}, A),
    out("no quantity", quantity(b""), {2: "quantity is empty"}, A),
    out("NULL", quantity(b"NULL"), {2: "quantity is not a number"}, A),
    out("NaN", quantity(b"NaN"), {2: "quantity is not a number"}, A),
    out("a dash", quantity(b"-"), {2: "quantity is not a number"}, A),
    Bad("1.0", quantity(b"1.0"), "taken"),
    Bad("absurd", quantity(b"9999999"), "held", "1 rows count 1,000,000 units or more"),
    Bad("overflow", quantity(b"9" * 30), "held", "1 rows count 1,000,000 units or more"),
    Bad("unknown store", GOOD + b"12345678905,X9,7\n", "taken"),
    Bad("not sold online", GOOD + b"999,S1,7\n", "taken"),
    Bad("all zero", re.sub(rb"[0-9]+\n", b"0\n", GOOD), "held", "all 6 quantities are zero"),
    Bad("all equal", re.sub(rb"[0-9]+\n", b"7\n", GOOD), "held", "all 6 quantities are equal",
        settings={"equal_quantities": 6}),
    *(out(f"a key that starts with {mark!r}", first(mark + b"12345678905,S1,1"), {2: "UPC starts like a formula"}, A)
      for mark in (b"=", b"+", b"-", b"@", b"\t")),
    out('="…"', first(b'="12345678905",S1,1'), {2: "UPC starts like a formula"}, A),
    out("a key as a decimal", first(b"12345678905.0,S1,1"), {2: "UPC has other characters than digits"}, A),
    out("a key with dashes", first(b"0-12345-67890-5,S1,1"), {2: "UPC has other characters than digits"}, A),
]  # fmt: skip
