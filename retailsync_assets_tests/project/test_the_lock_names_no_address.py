import os
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from retailsync_assets_tests.project.locks import LOCKS, locked
from retailsync_assets_tests.project.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED_FOR = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
]


@pytest.mark.parametrize("trace", ["://", "index-url", "find-links", "trusted-host", " @ ", "file:"])
@pytest.mark.parametrize("lock", LOCKS, ids=os.fspath)
def test_no_lock_names_an_address(lock: Path, trace: str) -> None:
    assert trace not in lock.read_text()


@pytest.mark.parametrize("asked_for", ASKED_FOR)
def test_what_pyproject_asks_for_is_locked(asked_for: str) -> None:
    requirement = Requirement(asked_for)
    pin = locked(ROOT / "requirements.lock")[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pin.version)
    assert pin.hashes


@pytest.mark.parametrize("lock", LOCKS, ids=os.fspath)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    pins = locked(lock)
    assert pins
    assert [name for name, pin in pins.items() if not pin.hashes] == []
