"""Where the lake's files lie, and their hashes: for whoever asks no question of DuckDB."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from retailsync_assets.config.home import Home


@dataclass(frozen=True)
class LakeFiles:
    """One Parquet file for each table and business date of a site."""

    home: Home
    site: str

    @cached_property
    def folder(self) -> Path:
        return self.home.folder_for("lake", self.site)

    @property
    def landing(self) -> Path:
        """Where raw files lie under their hash."""
        return self.home.folder_for("landing", self.site)

    def file(self, table: str, on: date) -> Path:
        """Where a table of a date lies, whether or not it has been made."""
        return self.folder / table / f"business_date={on}" / "data.parquet"

    def has(self, table: str, on: date) -> bool:
        return self.file(table, on).is_file()

    def sha256(self, table: str, on: date) -> str:
        """The hash of a table's bytes; they are read again only if the file was touched."""
        file = self.file(table, on)
        found = file.stat()
        return _sha256(file, (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))


@lru_cache(maxsize=4096)
def _sha256(file: Path, _touched: tuple[int, ...]) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
