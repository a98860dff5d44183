"""What a test reads out of a Markdown file: its sections, tables, code blocks and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CODE_SPAN = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:href|src)=\"([^\"]+)\"")


@dataclass(frozen=True)
class Section:
    """A heading and the text below it up to the next heading of its own rank; what hangs under it is in it."""

    title: str
    text: str

    @property
    def rows(self) -> list[list[str]]:
        """The cells of every table row, without headers."""
        lines = self.text.splitlines()
        rules = {place for place, line in enumerate(lines) if re.fullmatch(r"\|[\s:|-]+\|", line)}
        kept = (
            line
            for place, line in enumerate(lines)
            if line.startswith("|") and place not in rules and place + 1 not in rules
        )
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in kept]

    @property
    def names(self) -> list[str]:
        """The code span that opens each table row: what the row documents."""
        return [span[1] for row in self.rows if (span := CODE_SPAN.match(row[0]))]


def sections(text: str) -> dict[str, Section]:
    """Every section by its title."""
    text = without_code(text)
    headings = list(_HEADING.finditer(text))
    found: dict[str, Section] = {}
    for place, heading in enumerate(headings):
        later = (other.start() for other in headings[place + 1 :] if len(other[1]) <= len(heading[1]))
        found[heading[2]] = Section(heading[2], text[heading.end() : next(later, len(text))])
    return found


def without_code(text: str) -> str:
    """The text without its code blocks, in which `#` and `|` mean something else."""
    return _FENCE.sub("", text)


def code_blocks(text: str) -> Iterator[tuple[str, str]]:
    """The language and the content of each code block."""
    for block in _FENCE.finditer(text):
        yield block[1], block[2]


def links(text: str) -> Iterator[str]:
    """Where every link and picture outside code leads."""
    for link in _LINK.finditer(without_code(text)):
        yield link[1] or link[2]


def anchors(text: str) -> set[str]:
    """The `#anchor` of every heading, as the usual renderers make them."""
    titles = (heading[2].replace("`", "").lower() for heading in _HEADING.finditer(without_code(text)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}
