"""The one SFTP server that Retail Pro, HotWax and the pipeline share: two accounts, each within its own folder."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import asyncssh
from asyncssh.constants import FXF_APPEND, FXF_CREAT, FXF_TRUNC, FXF_WRITE
from asyncssh.sftp import SFTPAttrs, SFTPName

from retailsync_assets.sandbox.setup import public_key

_WRITES: Final = FXF_WRITE | FXF_APPEND | FXF_CREAT | FXF_TRUNC
# The client's order decides among these, and paramiko's own puts slow ciphers first: offer the fast ones alone.
_CIPHERS: Final = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com")


@dataclass(frozen=True)
class Account:
    """`folder` is all that the account can reach; without `writes` it may only look and read."""

    folder: str
    writes: bool


ACCOUNTS: Final = {"retailpro": Account("retailpro", writes=False), "hotwax": Account("hotwax", writes=True)}


class Logins(asyncssh.SSHServer):
    """Admits the two accounts, each by its public key and by nothing else."""

    def __init__(self, keys: Path) -> None:
        self._keys = keys
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn

    def begin_auth(self, username: str) -> bool:
        if self._connection is not None and username in ACCOUNTS:
            known = asyncssh.import_authorized_keys(public_key(self._keys / username).decode())
            self._connection.set_authorized_keys(known)
        return True


class Files(asyncssh.SFTPServer):
    """SFTP within one account's folder. Whatever leads out of it, `..` or a symbolic link, is permission denied."""

    def __init__(self, chan: "asyncssh.SSHServerChannel[bytes]", root: Path) -> None:
        super().__init__(chan, os.fsencode(root))  # pyright: ignore[reportUnknownMemberType] - asyncssh leaves it open
        self._root = os.fsencode(root.resolve())
        self._account = ACCOUNTS[chan.get_extra_info("username")]
        self._own = os.path.join(self._root, os.fsencode(self._account.folder))  # noqa: PTH118 - bytes, not text

    def map_path(self, path: bytes) -> bytes:
        """Where `path` is; the links on the way to it are followed, its own last step is not."""
        local = super().map_path(path).rstrip(b"/")
        above, name = os.path.split(local)
        standing = local if local == self._root else os.path.join(os.path.realpath(above), name)  # noqa: PTH118
        self._refuse_outside(standing)
        return standing

    def open(self, path: bytes, pflags: int, attrs: SFTPAttrs) -> Any:
        self._followed(path, writing=bool(pflags & _WRITES))
        return super().open(path, pflags, attrs)

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        return os.pread(cast("Any", file_obj).fileno(), size, offset)

    def write(self, file_obj: object, offset: int, data: bytes) -> int:
        return os.pwrite(cast("Any", file_obj).fileno(), data, offset)

    def stat(self, path: bytes) -> Any:
        self._followed(path)
        return super().stat(path)

    def statvfs(self, path: bytes) -> Any:
        self._followed(path)
        return super().statvfs(path)

    def scandir(self, path: bytes) -> AsyncIterator[SFTPName]:
        self._followed(path)
        if self.map_path(path) == self._root:
            return self._login_folder()
        return super().scandir(path)

    def setstat(self, path: bytes, attrs: SFTPAttrs) -> Any:
        self._followed(path, writing=True)
        return super().setstat(path, attrs)

    def fsetstat(self, file_obj: object, attrs: SFTPAttrs) -> Any:
        self._refuse_readers()
        return super().fsetstat(file_obj, attrs)

    def remove(self, path: bytes) -> Any:
        self._refuse_readers()
        return super().remove(path)

    def mkdir(self, path: bytes, attrs: SFTPAttrs) -> Any:
        self._refuse_readers()
        return super().mkdir(path, attrs)

    def rmdir(self, path: bytes) -> Any:
        self._refuse_readers()
        return super().rmdir(path)

    def rename(self, oldpath: bytes, newpath: bytes) -> Any:
        self._refuse_readers()
        return super().rename(oldpath, newpath)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
        self._refuse_readers()
        return super().posix_rename(oldpath, newpath)

    def symlink(self, oldpath: bytes, newpath: bytes) -> Any:
        raise asyncssh.SFTPPermissionDenied("links are not made here")

    def link(self, oldpath: bytes, newpath: bytes) -> Any:
        raise asyncssh.SFTPPermissionDenied("links are not made here")

    async def _login_folder(self) -> AsyncIterator[SFTPName]:
        attrs = SFTPAttrs.from_local(os.lstat(self._own))
        yield SFTPName(os.path.basename(self._own), attrs=attrs)  # noqa: PTH119 - bytes, not text

    def _followed(self, path: bytes, *, writing: bool = False) -> None:
        self._refuse_outside(os.path.realpath(self.map_path(path)))
        if writing:
            self._refuse_readers()

    def _refuse_outside(self, local: bytes) -> None:
        if local not in (self._root, self._own) and not local.startswith(self._own + b"/"):
            raise asyncssh.SFTPPermissionDenied("outside this account's folder")

    def _refuse_readers(self) -> None:
        if not self._account.writes:
            raise asyncssh.SFTPPermissionDenied("this account may only read")


async def serve(root: Path, keys: Path, port: int) -> asyncssh.SSHAcceptor:
    """Answers on 127.0.0.1:`port` until closed. Raises OSError where the port is taken."""

    def files(chan: "asyncssh.SSHServerChannel[bytes]") -> Files:
        return Files(chan, root)

    return await asyncssh.create_server(
        lambda: Logins(keys),
        "127.0.0.1",
        port,
        server_host_keys=[str(keys / "host")],
        encryption_algs=list(_CIPHERS),
        password_auth=False,
        kbdint_auth=False,
        sftp_factory=files,
        allow_scp=False,
        agent_forwarding=False,
        x11_forwarding=False,
    )
