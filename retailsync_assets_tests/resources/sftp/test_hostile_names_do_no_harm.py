import os
from pathlib import Path

import pytest

from retailsync_assets.raw_file.file_name import is_hostile, parse_name
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import RemoteFile
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.openssh import OpenSSH

GOOD = "RetailPro_Inventory_1_20261121050000.csv"
HOSTILE = [
    b"new\nline.csv",
    GOOD.encode() + b"\n",
    b"quotes'\"`$(reboot).csv",
    b"\xff\xfe\xe9.csv",
    b"-rf",
    b"--help",
    b" ",
    b"...",
    b"\x1b[31mred.csv",
    b"*.csv",
    b"[12].csv",
    b"RetailPro_Inventory_1_20261121050000.csv".upper(),
    GOOD.encode() + b".part",
    GOOD.encode() + b".filepart",
    b"." + GOOD.encode(),
    "RetailPro_Inventory_1_２０２６１１２１050000.csv".encode(),
    b"RetailPro_Inventory_2_20261121050000.csv",
    b"RetailPro_Inventory_1_20261331050000.csv",
    b"x" * 255,
]


def create(folder: Path, name: bytes) -> None:
    with open(os.fsencode(folder) + b"/" + name, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"content")


@pytest.fixture
def listed(openssh: OpenSSH) -> list[RemoteFile]:
    """A folder with every hostile name, a folder and a link in it, and one good file."""
    for name in [*HOSTILE, GOOD.encode()]:
        create(openssh.root, name)
    (openssh.root / "folder.csv").mkdir()
    (openssh.root / "link.csv").symlink_to("/etc/passwd")
    with SftpServer(account(openssh)).session() as session:
        return session.plain_files(".")


def test_every_plain_file_is_listed_whatever_its_name(listed: list[RemoteFile]) -> None:
    assert {os.fsencode(file.name) for file in listed} == {*HOSTILE, GOOD.encode()}


def test_only_the_exact_name_is_a_raw_file(listed: list[RemoteFile]) -> None:
    site = a_site()
    assert [file.name for file in listed if parse_name(site, file.name) is not None] == [GOOD]


@pytest.mark.parametrize("name", ["../RetailPro_Inventory_1_20261121050000.csv", "/" + GOOD, f"a/{GOOD}", ""])
def test_a_name_with_a_way_in_it_is_no_raw_file(name: str) -> None:
    loose = a_site(retail_pro={"file_name": r"(?s).*RetailPro_Inventory_(?P<subsidiary>\d)_(?P<as_of>\d{14})\.csv"})
    assert parse_name(loose, name) is None


def test_a_folder_of_many_files_is_listed_whole(openssh: OpenSSH) -> None:
    names = [f"{number:05}.csv" for number in range(3_000)]
    for name in names:
        (openssh.root / name).touch()
    with SftpServer(account(openssh)).session() as session:
        assert [file.name for file in session.plain_files(".")] == names


@pytest.mark.parametrize("name", [b"new\nline.csv", b"quotes'.csv", b"\xff\xe9.csv", b"-rf", b"\x1b[31m", b"../a"])
def test_a_hostile_name_is_known(name: bytes) -> None:
    assert is_hostile(os.fsdecode(name))


@pytest.mark.parametrize("name", [GOOD, f"{GOOD}.part", f".{GOOD}", "Copy of stock (1).csv", "Übersicht 2026.xlsx"])
def test_an_odd_one_is_not(name: str) -> None:
    assert not is_hostile(name)
