"""One program a world: a lock on sandbox.lock that the system lets go of however the program ends."""

import os
import time
from pathlib import Path
from typing import Final

from filelock import lock_descriptor

_FILE: Final = "sandbox.lock"
# Whoever asks `running` holds the lock for a moment; that must not turn a starting program away.
_PATIENCE: Final = 0.5


class Lock:
    """Taken by `take`; `set_status` leaves one word for whoever waits. Released when the process ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._descriptor: int | None = None

    def take(self) -> bool:
        """False: another program of this world runs."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + _PATIENCE
        while not lock_descriptor(descriptor, blocking=False):
            if time.monotonic() > deadline:
                os.close(descriptor)
                return False
            time.sleep(0.02)
        self._descriptor = descriptor
        self.set_status("starting")
        return True

    def set_status(self, word: str) -> None:
        """Leaves `word` in the file for `status`."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, word.encode(), 0)


def running(folder: Path) -> bool:
    """Is a program of this world alive?"""
    try:
        descriptor = os.open(folder / _FILE, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not lock_descriptor(descriptor, blocking=False)
    finally:
        os.close(descriptor)


def status(folder: Path) -> str:
    """What the program that holds the lock says of itself: `starting` or `ready`."""
    return (folder / _FILE).read_text(encoding="utf-8")
