"""What `protocol.py` uses of paramiko and paramiko does not promise: an upgrade that changes it fails here, by name."""

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import paramiko
import pytest
from paramiko import buffered_pipe, sftp

from retailsync_assets.resources.sftp import protocol
from retailsync_assets.resources.sftp.receive_buffer import ReceiveBuffer

ADVICE = "read resources/sftp/protocol.py against the new release before the pin in pyproject.toml is moved"
SIGNATURES = {
    "SFTPClient._send_version": "(self)",
    "SFTPClient._read_all": "(self, n)",
    "SFTPClient._send_packet": "(self, t, packet)",
    "SFTPClient._read_packet": "(self)",
    "SFTPClient._request": "(self, t, *args)",
    "SFTPClient._async_request": "(self, fileobj, t, *args)",
    "SFTPClient._read_response": "(self, waitfor=None)",
    "SFTPClient._convert_status": "(self, msg)",
    "SFTPAttributes._unpack": "(self, msg)",
    "SFTPFile._async_response": "(self, t, msg, num)",
}
CONSTANTS = {
    "CMD_INIT": 1,
    "CMD_VERSION": 2,
    "CMD_CLOSE": 4,
    "CMD_READ": 5,
    "CMD_OPENDIR": 11,
    "CMD_READDIR": 12,
    "CMD_STATUS": 101,
    "CMD_HANDLE": 102,
    "CMD_DATA": 103,
    "CMD_NAME": 104,
    "CMD_EXTENDED": 200,
}
NEVER_ASKED_FOR = {"set_event"}
"""Of a channel's buffer: `Channel.fileno` alone uses it, and nobody here waits on one."""


def found_instead(name: str) -> str:
    """The signature that paramiko has under a name, or that it has none."""
    owner, _, method = name.partition(".")
    found: Any = getattr(getattr(paramiko, owner, None), method, None)
    return str(inspect.signature(found)) if found else "gone"


def changed() -> list[str]:
    """Everything that is not as it was, a sentence each."""
    told = [
        f"{name} is {found_instead(name)}, was {was}" for name, was in SIGNATURES.items() if found_instead(name) != was
    ]
    for name, was in CONSTANTS.items():
        if getattr(sftp, name, None) != was:
            told.append(f"sftp.{name} is {getattr(sftp, name, 'gone')}, was {was}")
    if not isinstance(getattr(sftp, "int64", None), type):
        told.append("sftp.int64 is no type that marks 64-bit numbers any more")
    if not issubclass(getattr(buffered_pipe, "PipeTimeout", object), IOError):
        told.append("buffered_pipe.PipeTimeout is no IOError any more")
    asked = set(re.findall(r"self\.in_buffer\.(\w+)\(", inspect.getsource(paramiko.Channel)))
    unknown = asked - set(dir(ReceiveBuffer)) - NEVER_ASKED_FOR
    if not asked or unknown:
        told.append(f"Channel asks its in_buffer for {', '.join(sorted(unknown)) or 'nothing'}, ReceiveBuffer lacks it")
    return [f"paramiko {paramiko.__version__}: {each}; {ADVICE}" for each in told]


def test_nothing_that_is_used_of_it_has_changed() -> None:
    assert changed() == []


@pytest.mark.parametrize("name", [*SIGNATURES, *CONSTANTS])
def test_what_has_changed_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, _, method = name.partition(".")
    if method:
        monkeypatch.setattr(getattr(paramiko, owner), method, None)
    else:
        monkeypatch.setattr(sftp, name, None)
    (told,) = changed()
    assert re.search(rf"paramiko [\d.]+: (sftp\.)?{re.escape(name)} is (gone|None), was .*; read resources/sftp", told)


def private_names(file: Path) -> set[str]:
    """Private attributes that a module asks of anything but itself."""
    return {
        node.attr
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
        if not (
            isinstance(node.value, ast.Attribute) and node.value.attr.startswith("_") and file.name != "protocol.py"
        )
    }


def test_all_of_it_is_used_in_one_file() -> None:
    file = Path(protocol.__file__)
    listed = {name.rpartition(".")[2] for name in SIGNATURES}
    assert private_names(file) <= listed
    elsewhere = {other.name: private_names(other) for other in file.parent.glob("*.py") if other != file}
    assert {name: found for name, found in elsewhere.items() if found} == {}
