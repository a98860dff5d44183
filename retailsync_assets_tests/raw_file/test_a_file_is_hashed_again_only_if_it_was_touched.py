import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from retailsync_assets.raw_file.hash_cache import HashCache

BYTES = b"upc,store_code,qty\n"
HASH = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "landed.csv"
    found.write_bytes(BYTES)
    return found


@pytest.fixture
def hashes() -> HashCache:
    return HashCache()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were hashed."""
    real, found = hashlib.file_digest, list[str]()

    def digest(opened: Any, kind: str) -> Any:
        found.append(opened.name)
        return real(opened, kind)

    monkeypatch.setattr(hashlib, "file_digest", digest)
    return found


def test_once_if_nobody_touches_it(hashes: HashCache, file: Path, read: list[str]) -> None:
    assert [hashes.has_hash(file, HASH) for _ in range(3)] == [True] * 3
    assert len(read) == 1


def test_not_at_all_if_it_was_hashed_on_its_way_in(hashes: HashCache, file: Path, read: list[str]) -> None:
    hashes.remember(file, HASH)
    assert hashes.has_hash(file, HASH)
    assert read == []


def test_again_after_a_write_that_sets_size_and_time_as_they_were(
    hashes: HashCache, file: Path, read: list[str]
) -> None:
    hashes.remember(file, HASH)
    before = file.stat()
    file.write_bytes(BYTES.replace(b"qty", b"ytq"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not hashes.has_hash(file, HASH)
    assert len(read) == 1


def test_again_if_another_file_took_its_place(hashes: HashCache, file: Path, read: list[str]) -> None:
    hashes.remember(file, HASH)
    other = file.with_name("other")
    other.write_bytes(BYTES.upper())
    other.replace(file)
    assert not hashes.has_hash(file, HASH)
    assert len(read) == 1


def test_a_copy_that_somebody_touched_is_noticed(hashes: HashCache, file: Path) -> None:
    assert not hashes.is_untouched(file)
    hashes.remember(file, "")
    assert hashes.is_untouched(file)
    file.write_bytes(BYTES.upper())
    assert not hashes.is_untouched(file)


def test_a_file_that_is_gone_has_none(hashes: HashCache, file: Path) -> None:
    hashes.remember(file, HASH)
    file.unlink()
    assert not hashes.has_hash(file, HASH)
