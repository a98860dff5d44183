"""Servers that are set up in another way: sshd's options, an asyncssh that answers otherwise, MariaDB's grants."""

import os
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from retailsync_assets.cli.doctor.finding import Finding
from retailsync_assets_tests.cli.doctor.conftest import NewClinic, examined, of_state
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.key_pair import KeyPair
from retailsync_assets_tests.servers.mariadb import MariaDB
from retailsync_assets_tests.servers.openssh import OpenSSH, free_port


def the(findings: list[Finding], subject: str, state: str, words: str) -> Finding:
    found = [
        each for each in of_state(findings, state) if each.subject == subject and words in f"{each.tried}: {each.found}"
    ]
    assert len(found) == 1, [each for each in findings if each.state != "ok"]
    return found[0]


def sshd(folder: Path, flags: str) -> OpenSSH:
    return OpenSSH(folder, options=(f"ForceCommand internal-sftp {flags} -d {folder / 'root'}",))


@pytest.mark.parametrize(
    "flags, subject, state, words",
    [
        ("-P posix-rename", "hotwax.sftp", "fail", "posix-rename@openssh.com"),
        ("-P fsync", "hotwax.sftp", "warn", "fsync@openssh.com"),
        ("-R", "hotwax.staging_folder", "fail", "ermission denied"),
        ("-P statvfs", "hotwax.reset_folder", "warn", "does not say"),
    ],
)
def test_by_openssh(clinic: NewClinic, tmp_path: Path, flags: str, subject: str, state: str, words: str) -> None:
    with sshd(tmp_path / "openssh", flags) as server:
        findings = examined(clinic(server))
    assert the(findings, subject, state, words).next_step
    assert findings[-1].subject == "alerts"


def test_a_key_that_the_account_does_not_know(clinic: NewClinic, tmp_path: Path) -> None:
    other = KeyPair(tmp_path / "other")
    findings = examined(clinic(hotwax={"sftp": {"private_key": str(other.path)}}))
    assert f"public key of {other.path}" in the(findings, "hotwax.sftp", "fail", "refused the login").next_step


def test_staging_on_another_file_system(clinic: NewClinic, elsewhere: Path) -> None:
    world = clinic(hotwax={"staging_folder": str(elsewhere)})
    findings = examined(world)
    for subject in ("hotwax.reset_folder", "hotwax.variance_folder"):
        assert str(elsewhere) in the(findings, subject, "fail", "on another file system").next_step
    assert os.listdir(elsewhere) == []  # noqa: PTH208


class Foreign(ChrootedSFTP):
    """We are one user, HotWax's folders belong to another and are closed to us."""

    def stat(self, path: bytes) -> Any:
        found: Any = super().stat(path)
        mode = found.st_mode if path.endswith(b".probe") else found.st_mode & ~0o7777 | 0o755
        owner = 1001 if path.endswith(b".probe") else 1002
        return asyncssh.SFTPAttrs(size=found.st_size, uid=owner, gid=owner, permissions=mode, atime=0, mtime=0)


class Full(ChrootedSFTP):
    """Has ten blocks left."""

    def statvfs(self, path: bytes) -> Any:
        found: Any = super().statvfs(path)
        return asyncssh.SFTPVFSAttrs(bsize=4096, frsize=4096, bavail=10, fsid=found.f_fsid)


class SilentOnListing(ChrootedSFTP):
    """Hangs up when a folder is listed."""

    def scandir(self, path: bytes) -> Any:
        raise asyncssh.SFTPConnectionLost("gone")


@pytest.mark.parametrize(
    "sftp, subject, state, words",
    [
        (Foreign, "hotwax.reset_folder", "fail", "755, owned by another user"),
        (Full, "hotwax.staging_folder", "warn", "41.0 kB free"),
        (SilentOnListing, "hotwax.reset_folder", "fail", "list"),
    ],
)
def test_by_asyncssh(
    clinic: NewClinic, tmp_path: Path, sftp: type[ChrootedSFTP], subject: str, state: str, words: str
) -> None:
    with AsyncSSHServer(tmp_path / "asyncssh", sftp=sftp) as server:
        findings = examined(clinic(server))
    assert the(findings, subject, state, words).next_step
    assert findings[-1].subject == "alerts"


def login(mariadb: MariaDB, url: str, *grants: str) -> str:
    """The URL of the same database for a new user who has these rights on it."""
    user, database = f"doctor{free_port()}", url.rpartition("/")[2]
    mariadb.execute(f"CREATE USER '{user}'@'%' IDENTIFIED BY 'canary'")
    for grant in grants:
        mariadb.execute(f"GRANT {grant.format(database=database)} TO '{user}'@'%'")
    return f"mysql+pymysql://{user}:canary@{mariadb.host}:{mariadb.port}/{database}"


@pytest.fixture
def hotwax_on_mariadb(clinic: NewClinic, mariadb_url: str) -> World:
    return clinic(None, mariadb_url)


def seen_by(world: World, oms_url: str) -> list[Finding]:
    hotwax = world.resources.site.hotwax.model_copy(update={"oms_url": oms_url})
    world.open(world.resources.site.model_copy(update={"hotwax": hotwax}), world.home)
    return examined(world)


def test_mariadb_grants_what_is_needed_or_more_or_less(
    hotwax_on_mariadb: World, mariadb: MariaDB, mariadb_url: str
) -> None:
    world = hotwax_on_mariadb
    enough = seen_by(world, login(mariadb, mariadb_url, "SELECT ON {database}.*"))
    assert [each for each in of_state(enough, "warn", "fail") if each.subject.startswith("hotwax")] == []
    more = seen_by(world, login(mariadb, mariadb_url, "SELECT, UPDATE ON {database}.*"))
    assert "UPDATE" in the(more, "hotwax.oms_url", "warn", "more than needed").found
    less = seen_by(world, login(mariadb, mariadb_url, "SELECT ON {database}.PRODUCT"))
    denied = of_state(less, "fail")
    assert {each.next_step for each in denied if each.tried.startswith("plan")} == {
        "grant SELECT on the tables in docs/security.md, or check the HotWax release"
    }
    assert "canary" not in str([*enough, *more, *less])


@pytest.mark.parametrize("wrong", ["password", "port"])
def test_a_database_that_does_not_let_in(
    hotwax_on_mariadb: World, mariadb: MariaDB, mariadb_url: str, wrong: str
) -> None:
    other = {"password": (":secret@", ":canary@"), "port": (str(mariadb.port), str(free_port()))}[wrong]
    findings = seen_by(hotwax_on_mariadb, mariadb_url.replace(*other))
    finding = the(findings, "hotwax.oms_url", "fail", "connect to")
    assert "hotwax.oms_url" in finding.next_step
    assert "canary" not in str(findings)
