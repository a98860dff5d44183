from collections.abc import Callable
from pathlib import Path
from typing import Any

import paramiko
import pytest

from retailsync_assets_tests.sandbox.conftest import Login

INBOX = "retailpro/inventory/raw"
OUTBOX = "hotwax/ResetInventory"


def test_retail_pros_account_lists_and_reads_the_raw_file(world: Path, login: Login) -> None:
    with login("retailpro") as sftp:
        (name,) = sftp.listdir(INBOX)
        with sftp.open(f"{INBOX}/{name}") as file:
            assert file.read() == (world / "sftp" / INBOX / name).read_bytes()


@pytest.mark.parametrize("account", ["retailpro", "hotwax"])
def test_the_login_folder_shows_the_accounts_own_folder_alone(login: Login, account: str) -> None:
    with login(account) as sftp:
        assert (sftp.normalize("."), sftp.listdir(".")) == ("/", [account])


def test_hotwaxs_account_writes_renames_and_removes(world: Path, login: Login) -> None:
    with login("hotwax") as sftp:
        with sftp.open("hotwax/.staging/some.part", "wx") as file:
            file.write(b"content")
        sftp.chmod("hotwax/.staging/some.part", 0o640)
        sftp.posix_rename("hotwax/.staging/some.part", f"{OUTBOX}/some.txt")
        assert (world / "sftp" / OUTBOX / "some.txt").read_bytes() == b"content"
        sftp.remove(f"{OUTBOX}/some.txt")
        assert "some.txt" not in sftp.listdir(OUTBOX)


@pytest.mark.parametrize(
    "account, attempt",
    [
        ("retailpro", lambda sftp: sftp.open(f"{INBOX}/new.csv", "w")),
        ("retailpro", lambda sftp: sftp.remove(f"{INBOX}/{sftp.listdir(INBOX)[0]}")),
        ("retailpro", lambda sftp: sftp.posix_rename(f"{INBOX}/{sftp.listdir(INBOX)[0]}", f"{INBOX}/moved.csv")),
        ("retailpro", lambda sftp: sftp.rename(f"{INBOX}/{sftp.listdir(INBOX)[0]}", f"{INBOX}/moved.csv")),
        ("retailpro", lambda sftp: sftp.chmod(f"{INBOX}/{sftp.listdir(INBOX)[0]}", 0o777)),
        ("retailpro", lambda sftp: sftp.truncate(f"{INBOX}/{sftp.listdir(INBOX)[0]}", 0)),
        ("retailpro", lambda sftp: sftp.mkdir(f"{INBOX}/new")),
        ("retailpro", lambda sftp: sftp.listdir("hotwax")),
        ("retailpro", lambda sftp: sftp.listdir("retailpro/../hotwax")),
        ("hotwax", lambda sftp: sftp.listdir(INBOX)),
        ("hotwax", lambda sftp: sftp.stat("../keys/host")),
        ("hotwax", lambda sftp: sftp.open("/etc/hostname")),
        ("hotwax", lambda sftp: sftp.open("stray.txt", "w")),
        ("hotwax", lambda sftp: sftp.symlink("/etc", f"{OUTBOX}/link")),
    ],
)
def test_anything_else_is_permission_denied(
    login: Login, account: str, attempt: Callable[[paramiko.SFTPClient], Any]
) -> None:
    with login(account) as sftp, pytest.raises(PermissionError):
        attempt(sftp)


@pytest.mark.parametrize("target", ["file", "folder", "way", "way to look", "way to remove"])
def test_a_link_that_leads_out_is_not_followed(world: Path, login: Login, target: str) -> None:
    link = world / "sftp" / OUTBOX / f"link_{target}"
    link.symlink_to({"file": world / "sites.toml", "folder": world}.get(target, world / "keys"))
    remote = f"{OUTBOX}/link_{target}"
    attempts: dict[str, Callable[[paramiko.SFTPClient], Any]] = {
        "file": lambda sftp: sftp.open(remote),
        "folder": lambda sftp: sftp.listdir(remote),
        "way": lambda sftp: sftp.open(f"{remote}/host"),
        "way to look": lambda sftp: sftp.lstat(f"{remote}/host"),
        "way to remove": lambda sftp: sftp.remove(f"{remote}/nothing"),
    }
    with login("hotwax") as sftp, pytest.raises(PermissionError):
        attempts[target](sftp)


def test_another_accounts_key_opens_nothing(world: Path, login: Login) -> None:
    with login("hotwax") as sftp:
        channel = sftp.get_channel()
        assert channel is not None
        address = channel.get_transport().getpeername()
    with paramiko.Transport(address) as transport, pytest.raises(paramiko.AuthenticationException):
        transport.connect(username="hotwax", pkey=paramiko.Ed25519Key(filename=str(world / "keys" / "retailpro")))
