"""A narrow port to an SFTP server (paramiko): pinned host keys, every step under a deadline, nothing half done."""

import base64
import errno
import hashlib
import socket
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import paramiko
from paramiko.pkey import UnknownKeyType
from paramiko.sftp import CMD_CLOSE, CMD_HANDLE, CMD_NAME, CMD_OPENDIR, CMD_READDIR
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from retailsync_assets.outcomes import Broken, Refused, Unreachable
from retailsync_assets.progress import report
from retailsync_assets.resources.sftp_client import ExtendedClient
from retailsync_assets.resources.watchdog import Watchdog
from retailsync_assets.sites import SftpAccount

CHUNK = 1 << 20
LOCAL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
QUIET_SECONDS = 30.0
ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr")
DISABLED = {
    "macs": ["hmac-sha1", "hmac-md5", "hmac-sha1-96", "hmac-md5-96"],
    "ciphers": ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
}
HOST_KEY_KINDS = (
    ["ssh-ed25519"],
    ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"],
    ["rsa-sha2-512", "rsa-sha2-256"],
)


@dataclass(frozen=True)
class RemoteFile:
    """A plain file on a server: its name without folder, bytes, and mtime in whole seconds."""

    name: str
    size: int
    mtime: int


class Sftp:
    """One account on one server. Holds no connection; `session()` opens one and closes it whatever happens."""

    def __init__(self, account: SftpAccount, *, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._account = account
        self._quiet = quiet_seconds

    def __repr__(self) -> str:
        return f"sftp://{self._account.username}@{self._account.host}:{self._account.port}"

    @contextmanager
    def session(self) -> "Generator[Session]":
        """An open session; raises `Unreachable`, `Refused` (host key, login) or `Broken` with one line."""
        transport = self._connected()
        try:
            with Watchdog(transport.close, self._quiet) as watchdog, self._in_words("the session broke off"):
                self._log_in(transport)
                client = ExtendedClient.from_transport(transport)
                if client is None:
                    raise Unreachable(f"{self!r}: the server offers no SFTP")
                client.get_channel().settimeout(self._quiet)  # pyright: ignore[reportOptionalMemberAccess]
                yield Session(client, watchdog, repr(self))
        finally:
            transport.close()

    def _connected(self) -> paramiko.Transport:
        """A connection, tried again with growing pauses and jitter for what may pass, and never for what won't."""
        again = Retrying(
            retry=retry_if_exception_type(Unreachable),
            wait=wait_random_exponential(multiplier=FIRST_PAUSE_SECONDS, max=LONGEST_PAUSE_SECONDS),
            stop=stop_after_attempt(ATTEMPTS),
            reraise=True,
        )
        return again(self._transport)

    def _transport(self) -> paramiko.Transport:
        """A connection to a server that showed a pinned key, asking for each kind of key in turn."""
        shown: list[str] = []
        for kind in HOST_KEY_KINDS:
            others = [name for each in HOST_KEY_KINDS if each is not kind for name in each]
            with self._in_words("no connection"):
                connection = socket.create_connection((self._account.host, self._account.port), timeout=self._quiet)
                transport = paramiko.Transport(connection, disabled_algorithms={**DISABLED, "keys": others})
                transport.get_security_options().ciphers = CIPHERS
                transport.banner_timeout = transport.auth_timeout = transport.handshake_timeout = self._quiet
            try:
                with Watchdog(transport.close, self._quiet):
                    transport.start_client(timeout=self._quiet)
            except paramiko.SSHException as failed:
                transport.close()
                if "no acceptable host key" in str(failed):
                    continue
                raise Unreachable(f"{self!r}: no SSH handshake: {failed}") from failed
            except (OSError, EOFError) as failed:
                transport.close()
                raise Unreachable(f"{self!r}: no SSH handshake: {failed or 'connection closed'}") from failed
            fingerprint = _fingerprint(transport.get_remote_server_key())
            if fingerprint in self._account.fingerprints:
                return transport
            transport.close()
            shown.append(fingerprint)
        pinned = ", ".join(self._account.fingerprints)
        raise Refused(
            f"{self!r} shows {', '.join(shown) or 'no host key of a safe kind'}, pinned is {pinned}:"
            " not the server it was; if its key was rotated, add the new fingerprint to sites.toml"
        )

    def _log_in(self, transport: paramiko.Transport) -> None:
        account = self._account
        try:
            if account.password is not None:
                transport.auth_password(account.username, account.password.reveal(), fallback=False)
            else:
                # Its types say str, but text it refuses: "password must be bytes".
                phrase: Any = account.passphrase.reveal().encode() if account.passphrase else None
                key = paramiko.PKey.from_path(str(account.private_key), phrase)
                transport.auth_publickey(account.username, key)
        except paramiko.AuthenticationException as refused:
            raise Refused(f"{self!r}: the server refused the login of {account.username}") from refused
        except (ValueError, TypeError, UnknownKeyType) as unusable:
            raise Broken(f"{account.private_key}: the private key can't be read (passphrase?)") from unusable

    @contextmanager
    def _in_words(self, what: str) -> Generator[None]:
        try:
            yield
        except (TimeoutError, ConnectionError, EOFError, socket.gaierror, paramiko.SSHException) as failed:
            raise Unreachable(f"{self!r}: {what}: {failed or type(failed).__name__}") from failed
        except PermissionError as denied:
            raise Broken(f"{self!r}: permission denied: {denied.filename or denied}") from denied
        except FileNotFoundError as missing:
            raise Broken(f"{self!r}: there is no such file or folder: {missing.filename or missing}") from missing
        except OSError as failed:
            if failed.errno in LOCAL_DISK:
                raise Broken(f"this machine's disk: {failed}") from failed
            raise (Unreachable if failed.errno else Broken)(f"{self!r}: {what}: {failed}") from failed


class Session:
    """What may be done on a server, and nothing else. Paths are relative to the login folder."""

    def __init__(self, client: paramiko.SFTPClient, watchdog: Watchdog, server: str) -> None:
        self._client: Any = client
        self._watchdog = watchdog
        self._server = server

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
        try:
            with _naming(folder):
                kind, message = self._client._request(CMD_OPENDIR, folder.encode())
        except FileNotFoundError as missing:
            raise Broken(f"{self._server}: there is no folder {folder}; create it or mend sites.toml") from missing
        if kind != CMD_HANDLE:
            raise Broken(f"{self._server}: {folder} can't be listed")
        handle, found = message.get_string(), list[RemoteFile]()
        try:
            while True:
                kind, message = self._client._request(CMD_READDIR, handle)
                if kind != CMD_NAME:
                    raise Broken(f"{self._server}: {folder} can't be listed")
                for _ in range(message.get_int()):
                    name, _long = message.get_string().decode("utf-8", "surrogateescape"), message.get_string()
                    attributes: Any = paramiko.SFTPAttributes()
                    attributes._unpack(message)
                    if attributes.st_mode is not None and stat.S_ISREG(attributes.st_mode):
                        found.append(RemoteFile(name, attributes.st_size or 0, int(attributes.st_mtime or 0)))
                self._watchdog.progress()
        except EOFError:
            return sorted(found, key=lambda file: file.name)
        finally:
            self._client._request(CMD_CLOSE, handle)

    def look(self, path: str) -> RemoteFile | None:
        """The plain file at a path, or None."""
        try:
            with _naming(path):
                attributes: Any = self._client.lstat(path)
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(attributes.st_mode):
            raise Broken(f"{self._server}: {path} is not a plain file")
        return RemoteFile(path.rpartition("/")[2], attributes.st_size, int(attributes.st_mtime))

    def fetch(self, path: str, sink: Callable[[bytes], object]) -> RemoteFile:
        """Every byte of a file into `sink`, in order; raises `Unreachable` if it changed or shrank meanwhile."""
        before = self.look(path)
        if before is None:
            raise Unreachable(f"{self._server}: {path} is gone")
        done = 0
        with _naming(path), self._client.open(path, "rb") as file:
            file.prefetch(before.size)
            while done < before.size and (chunk := file.read(min(CHUNK, before.size - done))):
                sink(chunk)
                done += len(chunk)
                self._watchdog.progress()
                report(before.name, done, before.size)
        if done != before.size or self.look(path) != before:
            raise Unreachable(f"{self._server}: {path} changed while it was read; it will be read again")
        return before

    def read(self, path: str) -> bytes:
        """A small file, whole."""
        content = bytearray()
        self.fetch(path, content.extend)
        return bytes(content)

    def place(self, path: str, content: bytes) -> None:
        """A new small file, every write acknowledged, fsynced where the server can, and read back equal."""
        with _naming(path), self._client.open(path, "wx") as file:
            file.set_pipelined(False)
            file.chmod(0o640)
            for start in range(0, len(content), 1 << 15):
                file.write(content[start : start + (1 << 15)])
                self._watchdog.progress()
                report(path.rpartition("/")[2], min(start + (1 << 15), len(content)), len(content))
            self._client.fsync(file.handle)
        if self.read(path) != content:
            raise Unreachable(f"{self._server}: {path} read back differs from what was written; it was not published")

    def rename(self, old: str, new: str) -> bool:
        """One atomic step (posix-rename@openssh.com), also over an existing name; False if `old` is not there."""
        try:
            with _naming(new):
                self._client.posix_rename(old, new)
        except FileNotFoundError:
            return False
        except PermissionError as denied:
            raise Broken(f"{self._server}: no permission to rename {old} to {new}") from denied
        return True

    def file_system(self, path: str) -> int | None:
        """Which file system a folder is on, in the server's own numbers; None where it doesn't tell."""
        with _naming(path):
            return self._client.file_system(path)

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


def _fingerprint(key: paramiko.PKey) -> str:
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
