"""What a lock holds, and what a requirement draws in here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from retailsync_assets_tests.project.tree import ROOT

LOCKS = [ROOT / "requirements.lock", *sorted((ROOT / "deploy").glob("*.lock"))]
_ENTRY = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>\S+)(?: ; (?P<marker>.*?))?(?= +--hash|$)")


@dataclass(frozen=True)
class Pin:
    """One package of a lock; `here` says whether its marker is true on this machine."""

    version: str
    hashes: frozenset[str]
    here: bool


def locked(file: Path) -> dict[str, Pin]:
    """Every package of a lock by its normal name."""
    found: dict[str, Pin] = {}
    for entry in re.split(r"\n(?=\S)", file.read_text().replace("\\\n", " ")):
        if match := _ENTRY.match(entry):
            hashes = frozenset(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry))
            here = Marker(match["marker"]).evaluate() if match["marker"] else True
            found[canonicalize_name(match["name"])] = Pin(match["version"], hashes, here)
    return found


def drawn_in(requirements: Iterable[str]) -> set[str]:
    """The names of these and of everything that they need on this machine, as the installed packages say."""
    found, open_ones = set[tuple[str, str]](), [Requirement(each) for each in requirements]
    while open_ones:
        requirement = open_ones.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras} - {extra for known, extra in found if known == name}:
            found.add((name, extra))
            inner = [Requirement(each) for each in requires(name) or []]
            open_ones += [each for each in inner if each.marker is None or each.marker.evaluate({"extra": extra})]
    return {name for name, _ in found}
