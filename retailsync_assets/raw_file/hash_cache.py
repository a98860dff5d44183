"""Which files this process has already hashed: one that nobody has touched since is not read for it again."""

import hashlib
from pathlib import Path
from threading import Lock

Stand = tuple[int, int, int]


def fingerprint(file: Path) -> Stand:
    """Inode, size and time of change (ns) of a file; the last one moves with every write, and nobody can set it."""
    found = file.stat()
    return found.st_ino, found.st_size, found.st_ctime_ns


class HashCache:
    """Hashes by file, each with the fingerprint that it was found at. Threads may share it."""

    def __init__(self) -> None:
        self._proved = dict[Path, tuple[str, Stand]]()
        self._lock = Lock()

    def remember(self, file: Path, sha256: str) -> None:
        """These are the bytes that were hashed on their way into it."""
        self._keep(file, sha256, fingerprint(file))

    def is_untouched(self, file: Path) -> bool:
        """Was it noted here, and has nobody touched it since?"""
        proved = self._find(file)
        return proved is not None and file.is_file() and proved[1] == fingerprint(file)

    def has_hash(self, file: Path, sha256: str) -> bool:
        """Are the bytes those of this hash? Read again only if the file was touched since, or never read here."""
        if not file.is_file():
            return False
        before = fingerprint(file)
        if self._find(file) == (sha256, before):
            return True
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        self._keep(file, found, before)
        return found == sha256

    def _find(self, file: Path) -> tuple[str, Stand] | None:
        with self._lock:
            return self._proved.get(file)

    def _keep(self, file: Path, sha256: str, stand: Stand) -> None:
        with self._lock:
            self._proved[file] = sha256, stand


HASHES = HashCache()
"""What this process knows: a fact about bytes on this machine, whichever site or asset asks."""
