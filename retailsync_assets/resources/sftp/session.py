"""What may be done on an SFTP server, and nothing else: look, fetch, place, rename, remove."""

import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import paramiko

from retailsync_assets.errors import SetupError, Unreachable
from retailsync_assets.resources.sftp.compression import chunks
from retailsync_assets.resources.sftp.progress import report
from retailsync_assets.resources.sftp.read_ahead import ReadAhead
from retailsync_assets.resources.sftp.watchdog import Watchdog


@dataclass(frozen=True)
class RemoteFile:
    """A plain file on a server: its name without folder, bytes, and mtime in whole seconds."""

    name: str
    size: int
    mtime: int


@dataclass(frozen=True)
class Permissions:
    """Who owns a path on a server, in the server's numbers, and its permission bits."""

    uid: int
    gid: int
    mode: int


class SftpSession:
    """What may be done on a server, and nothing else. Paths are relative to the login folder."""

    def __init__(
        self, client: paramiko.SFTPClient, watchdog: Watchdog, server: str, *, may_compress: bool = False
    ) -> None:
        self._client: Any = client
        self._watchdog = watchdog
        self._server = server
        self._chunks = chunks if may_compress else ReadAhead

    @property
    def server(self) -> str:
        """The account and server, for messages."""
        return self._server

    @property
    def extensions(self) -> frozenset[str]:
        """The protocol extensions the server says it has."""
        return self._client.extensions

    def plain_files(self, folder: str) -> list[RemoteFile]:
        """The plain files of a folder; a name that isn't UTF-8 comes with surrogates, never as an error."""
        found = list[RemoteFile]()
        try:
            with _naming(folder):
                for entries in self._client.folder(folder):
                    found += [
                        RemoteFile(name.decode("utf-8", "surrogateescape"), of.st_size or 0, int(of.st_mtime or 0))
                        for name, of in entries
                        if of.st_mode is not None and stat.S_ISREG(of.st_mode)
                    ]
                    self._watchdog.progress()
        except FileNotFoundError as missing:
            raise SetupError(f"{self._server}: there is no folder {folder}; create it or fix sites.toml") from missing
        except paramiko.SFTPError as answered:
            raise SetupError(f"{self._server}: {folder} can't be listed: {answered}") from answered
        return sorted(found, key=lambda file: file.name)

    def stat(self, path: str) -> RemoteFile | None:
        """The plain file at a path, or None."""
        try:
            with _naming(path):
                attributes: Any = self._client.lstat(path)
        except FileNotFoundError:
            return None
        self._watchdog.progress()
        if not stat.S_ISREG(attributes.st_mode):
            raise SetupError(f"{self._server}: {path} is not a plain file")
        return RemoteFile(path.rpartition("/")[2], attributes.st_size, int(attributes.st_mtime))

    def download(self, path: str, sink: Callable[[bytes], object]) -> RemoteFile:
        """Every byte of a file into `sink`, in order; raises `Unreachable` if it changed or shrank meanwhile."""
        before = self.stat(path)
        if before is None:
            raise Unreachable(f"{self._server}: {path} is gone")
        done = 0
        with _naming(path), self._client.open(path, "rb") as file:
            for chunk in self._chunks(self._client, file.handle, before.size):
                sink(chunk)
                done += len(chunk)
                self._watchdog.progress(len(chunk))
                report(before.name, done, before.size)
        if done != before.size or self.stat(path) != before:
            raise Unreachable(f"{self._server}: {path} changed while it was read; it will be read again")
        return before

    def read(self, path: str) -> bytes:
        """A small file, whole."""
        content = bytearray()
        self.download(path, content.extend)
        return bytes(content)

    def upload_new(self, path: str, content: bytes) -> None:
        """A new small file, every write acknowledged, fsynced where the server can, and read again to verify it."""
        with _naming(path), self._client.open(path, "wx") as file:
            file.set_pipelined(False)
            file.chmod(0o640)
            for start in range(0, len(content), 1 << 15):
                file.write(content[start : start + (1 << 15)])
                self._watchdog.progress(1 << 15)
                report(path.rpartition("/")[2], min(start + (1 << 15), len(content)), len(content))
            self._client.fsync(file.handle)
        if self.read(path) != content:
            raise Unreachable(
                f"{self._server}: {path} differs from what was written when read again; it was not published"
            )

    def rename(self, old: str, new: str) -> bool:
        """One atomic step (posix-rename@openssh.com), also over an existing name; False if `old` is not there."""
        try:
            with _naming(new):
                self._client.posix_rename(old, new)
        except FileNotFoundError:
            return False
        except PermissionError as denied:
            raise SetupError(f"{self._server}: no permission to rename {old} to {new}") from denied
        self._watchdog.progress()
        return True

    def file_system(self, path: str) -> int | None:
        """Which file system a folder is on, in the server's own numbers; None where it doesn't tell."""
        with _naming(path):
            return self._client.file_system(path)

    def free_bytes(self, path: str) -> int | None:
        """What may still be written where a folder is; None where the server doesn't tell."""
        with _naming(path):
            return self._client.free_bytes(path)

    def permissions(self, path: str) -> Permissions:
        """Of a file or folder; a link's are those of what it leads to."""
        with _naming(path):
            found: Any = self._client.stat(path)
        return Permissions(found.st_uid or 0, found.st_gid or 0, stat.S_IMODE(found.st_mode or 0))

    def head(self, path: str, size: int) -> bytes:
        """The first bytes of a file."""
        with _naming(path), self._client.open(path, "rb") as file:
            return file.read(size)

    def remove(self, path: str) -> None:
        """Take away a file of our own."""
        with _naming(path):
            self._client.remove(path)


@contextmanager
def _naming(path: str) -> Generator[None]:
    """A refusal within this block says which path it was about."""
    try:
        yield
    except (PermissionError, FileNotFoundError) as refused:
        refused.filename = path
        raise
