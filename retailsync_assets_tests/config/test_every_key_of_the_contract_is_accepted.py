from pathlib import Path

import pytest
from pydantic import BaseModel

from retailsync_assets.config.loader import Site, read_sites
from retailsync_assets_tests.config.contract import Key, at, completed, keys
from retailsync_assets_tests.config.sample import FINGERPRINT, deployment

KEYS = keys()


def as_read(key: Key, folder: Path) -> object:
    """What a key of the example means once it is read: paths are resolved, the fingerprint is filled in."""
    if key.path[-1] == "private_key":
        return str(folder / key.value)
    if key.path[-1] == "oms_url":
        return f"sqlite:///{folder}/oms.db"
    if key.path[-1] == "product_store":
        return (key.value,)
    return [FINGERPRINT] if key.path[-1] == "fingerprints" else key.value


def test_the_example_has_every_section() -> None:
    assert {key.path[0] for key in KEYS if len(key.path) > 1} == {
        "retail_pro", "hotwax", "variance", "schedule", "limits",
    }  # fmt: skip
    assert sum(key.default for key in KEYS) > 30


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_every_key_is_accepted_as_it_stands_there(key: Key, tmp_path: Path) -> None:
    site = read_sites(deployment(tmp_path, completed()))["demo"]
    assert at(site, key.path) == as_read(key, tmp_path)


@pytest.mark.parametrize("key", [key for key in KEYS if key.default], ids=str)
def test_a_key_left_out_has_its_documented_default(key: Key, tmp_path: Path) -> None:
    assert completed().count(key.line) == 1
    site = read_sites(deployment(tmp_path, completed().replace(key.line, "")))["demo"]
    assert at(site, key.path) == as_read(key, tmp_path)


def required(model: type[BaseModel], path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The keys that may not be left out, of a section and those in it."""
    found: set[tuple[str, ...]] = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel) and field.is_required():
            found |= required(inner, (*path, name))
        elif field.is_required():
            found.add((*path, name))
    return found


def test_no_key_beyond_the_contract_is_demanded() -> None:
    documented = {key.path for key in KEYS if not key.default} | {("name",)}
    documented |= {("hotwax", "sftp", path[-1]) for path in documented if path[:2] == ("retail_pro", "sftp")}
    assert required(Site) <= documented
