"""What a raw file says, read line by line in the plainest way there is: no DuckDB, nothing of the product."""

import re
import unicodedata
from collections import defaultdict

from retailsync_assets_tests.raw_file.damage.sample import ACTIVE, STORES

FIELD = re.compile(r' *"((?:[^"]|"")*)" *(?=,|$)|((?! *")[^,]*)(?=,|$)')
QUANTITY = re.compile(r"(-?[0-9]{1,18})(\.0+)?")
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
NOTHING = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

Reset = dict[tuple[str, str], int]
"""Store and UPCA as HotWax spells it → units."""


def reset(content: bytes) -> Reset:
    """The rows of the reset: keys of which every readable row says the same whole number, in one spelling."""
    lines = content.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n").split("\n")
    names = [re.sub("[ _.\ufeff-]", "", name.strip()).casefold() for name in fields(lines[0]) or ()]
    places = [names.index(name) for name in ("storecode", "upc", "qty")]
    width = len(names) - (names[-1] == "")
    said: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for line in filter(None, lines[1:]):
        row = fields(line) or []
        if len(row) == width + 1 and not row[-1]:
            row.pop()
        if len(row) != width:
            continue
        store, upc, quantity = (row[place] for place in places)
        spelled = "" if (plain(store), plain(upc)) == (store.strip(" "), upc.strip(" ")) else f"{store} {upc}"
        key = plain(store).upper(), HOTWAX.get(meant(plain(upc)).lstrip("0"), "")
        if key[0] in STORES and key[1]:
            exact = plain(upc).lstrip("0") == key[1].lstrip("0")
            number = units(quantity)
            said[key].add((number if exact or number.startswith("no") else f"{number} ?", spelled))
    return {key: int(units_) for key, rows in said.items() if (units_ := agreed(rows)) is not None}


def agreed(rows: set[tuple[str, str]]) -> str | None:
    """The number that all rows of a key say; a row whose UPC has marks around it is no row, but may gainsay."""
    numbers = {number.removesuffix(" ?") for number, _ in rows}
    exact = {number for number, _ in rows if not number.endswith(" ?")}
    one = len(numbers) == 1 and exact == numbers and not numbers.pop().startswith("no")
    return exact.pop() if one and len({spelled for _, spelled in rows}) == 1 else None


def units(written: str) -> str:
    """The whole number, or why there is none."""
    match = QUANTITY.fullmatch(written)
    return str(int(match[1])) if match and abs(int(match[1])) < 1_000_000 else f"no number: {written}"


def fields(line: str) -> list[str] | None:
    """The fields of one line; None if its quotes do not come out even."""
    row, place = list[str](), 0
    while True:
        match = FIELD.match(line, place)
        if match is None:
            return None
        row.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        if match.end() == len(line):
            return row
        place = match.end() + 1


def plain(text: str) -> str:
    """Without what nobody sees; ASCII as it is."""
    if not text.isascii():
        text = NOTHING.sub("", SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return text.strip(" ")


def meant(text: str) -> str:
    """Without marks around it."""
    text = re.sub(r"^[=+@'\"\t\n\f\r -]+|[\"'\t\n\f\r ]+$", "", text)
    return re.sub("[ .-]", "", re.sub(r"\.0+$", "", text)) if re.fullmatch("[0-9][0-9 .-]*", text) else text


HOTWAX = {upca.lstrip("0"): upca for upca in ACTIVE}
