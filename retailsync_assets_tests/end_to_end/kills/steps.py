"""The labelled steps of a night: what leaves a trace on a disk, a server or in the books, before and after it does.

They are wrapped around the product by the process that is to be killed; the product knows nothing of them.
"""

import fcntl
import os
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from paramiko.sftp_file import SFTPFile
from sqlalchemy import Connection

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.resources.sftp.protocol import SftpProtocolClient
from retailsync_assets.resources.sftp.session import SftpSession

Tell = Callable[[str], None]
CALLER_OF_A_BLOCK = 2
"""Frames between a generator's block and the function that says `with`."""


def label(tell: Tell) -> None:
    """From now on `tell` hears of every step, and the step waits until it returns. Only of the main thread's."""
    for owner, name, text in (
        (fcntl, "flock", lambda *_: "lock"),
        (Ledger, "_journal", lambda *_, **__: "event write"),
        (SftpProtocolClient, "open", lambda _, path, mode: f"remote open {parent_of(path)} {mode}"),
        (SFTPFile, "write", lambda *_: "remote write"),
        (SftpProtocolClient, "fsync", lambda *_: "remote fsync"),
        (SFTPFile, "close", lambda *_, **__: "remote close"),
        (SftpSession, "read", lambda _, path: f"read-back {parent_of(path)}"),
        (SftpSession, "rename", lambda _, old, new: f"remote rename {parent_of(old)} {parent_of(new)}"),
        (SftpSession, "remove", lambda *_: "remote remove"),
        (os, "fsync", lambda descriptor: f"local fsync {home_folder(path_of(descriptor))}"),
        (os, "replace", lambda _, new: f"local rename {home_folder(new)}"),
    ):
        setattr(owner, name, labelled(getattr(owner, name), text, tell))
    setattr(Ledger, "_write", committing(Ledger._write, tell))  # noqa: B010


def labelled(step: Callable[..., Any], text: Callable[..., str], tell: Tell) -> Callable[..., Any]:
    def wrapped(*arguments: Any, **named: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            return step(*arguments, **named)
        what = text(*arguments, **named)
        tell(f"before {what}")
        answer = step(*arguments, **named)
        tell(f"after {what}")
        return answer

    return wrapped


def committing(transaction: Callable[[Ledger], Any], tell: Tell) -> Callable[[Ledger], Any]:
    """A transaction of the ledger's, named for the method that makes it."""

    @contextmanager
    def wrapped(ledger: Ledger) -> Generator[Connection]:
        method = sys._getframe(CALLER_OF_A_BLOCK).f_code.co_name
        with transaction(ledger) as connection:
            yield connection
            tell(f"before commit {method}")
        tell(f"after commit {method}")

    return wrapped


def parent_of(path: str) -> str:
    """The folder of a remote path: `.staging`, `ResetInventory` …"""
    return PurePath(path).parent.name


def path_of(descriptor: int) -> PurePath:
    """Linux tells what an open file is."""
    return Path(f"/proc/self/fd/{descriptor}").readlink()


def home_folder(path: Any) -> str:
    """The part of the home that a local path belongs to: `lake`, `outbox` …"""
    parts = PurePath(os.fspath(path)).parts
    return parts[parts.index("home") + 1] if "home" in parts else "elsewhere"
