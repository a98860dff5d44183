import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from retailsync_assets_tests.project.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED_FOR = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
]


def locked() -> dict[str, tuple[str, list[str]]]:
    """Name → version and hashes."""
    entries = re.split(r"\n(?=\S)", LOCK.replace("\\\n", " "))
    found: dict[str, tuple[str, list[str]]] = {}
    for entry in entries:
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", entry):
            found[canonicalize_name(match[1])] = match[2], re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)
    return found


@pytest.mark.parametrize("trace", ["://", "index-url", "find-links", "trusted-host", " @ ", "file:"])
def test_the_lock_names_no_address(trace: str) -> None:
    assert trace not in LOCK


@pytest.mark.parametrize("asked_for", ASKED_FOR)
def test_what_pyproject_asks_for_is_locked(asked_for: str) -> None:
    requirement = Requirement(asked_for)
    version, hashes = locked()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)
    assert hashes


def test_every_locked_package_has_a_hash() -> None:
    assert [name for name, (_, hashes) in locked().items() if not hashes] == []
