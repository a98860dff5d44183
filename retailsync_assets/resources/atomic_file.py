"""Local files that are there whole or not at all, and outlast a power cut."""

import os
from pathlib import Path


def write_atomic(file: Path, content: bytes) -> None:
    """Write a small file in one step: under another name, fsynced, renamed."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    with part.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    part.replace(file)
    fsync_folder(file.parent)


def fsync_folder(folder: Path) -> None:
    """Make a rename in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
