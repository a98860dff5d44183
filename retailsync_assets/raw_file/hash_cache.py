"""Which files this process has already hashed: one that nobody has touched since is not read for it again."""

import hashlib
from pathlib import Path

Stand = tuple[int, int, int]
_proved: dict[Path, tuple[str, Stand]] = {}


def fingerprint(file: Path) -> Stand:
    """Inode, size and time of change (ns) of a file; the last one moves with every write, and nobody can set it."""
    found = file.stat()
    return found.st_ino, found.st_size, found.st_ctime_ns


def remember(file: Path, sha256: str) -> None:
    """These are the bytes that were hashed on their way into it."""
    _proved[file] = sha256, fingerprint(file)


def is_untouched(file: Path) -> bool:
    """Has this process noted it, and has nobody touched it since?"""
    return file in _proved and file.is_file() and _proved[file][1] == fingerprint(file)


def has_hash(file: Path, sha256: str) -> bool:
    """Are the bytes those of this hash? Read again only if the file was touched since, or never read here."""
    if not file.is_file():
        return False
    before = fingerprint(file)
    if _proved.get(file) == (sha256, before):
        return True
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    _proved[file] = found, before
    return found == sha256
