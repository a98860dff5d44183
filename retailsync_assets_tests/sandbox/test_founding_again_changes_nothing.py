import tomllib
from pathlib import Path

import paramiko

from retailsync_assets.sandbox.setup import create, read


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_founding_leaves_every_file_as_it_is(tmp_path: Path) -> None:
    create(tmp_path / "world", lines=5_000)
    before = _contents(tmp_path)
    assert create(tmp_path / "world", lines=9_000) == tmp_path / "world" / "sites.toml"
    assert _contents(tmp_path) == before
    assert read(tmp_path / "world").lines == 5_000


def test_what_is_missing_is_made_again_and_fits_the_rest(tmp_path: Path) -> None:
    sites = create(tmp_path)
    before = sites.read_bytes()
    sites.unlink()
    assert create(tmp_path).read_bytes() == before


def test_keys_are_private_and_the_fingerprint_is_the_host_keys(tmp_path: Path) -> None:
    demo = tomllib.loads(create(tmp_path).read_text())["sites"]["demo"]
    assert {(tmp_path / "keys" / name).stat().st_mode & 0o777 for name in ("host", "retailpro", "hotwax")} == {0o600}
    assert tmp_path.joinpath("keys").stat().st_mode & 0o777 == 0o700
    host = paramiko.Ed25519Key(filename=str(tmp_path / "keys" / "host"))
    assert demo["hotwax"]["sftp"]["fingerprints"] == [host.fingerprint]
