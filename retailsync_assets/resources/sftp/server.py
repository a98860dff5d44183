"""A narrow port to an SFTP server (paramiko): pinned host keys, every step under a deadline, nothing half done."""

import base64
import errno
import hashlib
import logging
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import paramiko
from paramiko.pkey import UnknownKeyType
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from retailsync_assets.config.loader import SftpAccount
from retailsync_assets.errors import AuthenticationFailed, HostKeyMismatch, SetupError, Unreachable
from retailsync_assets.resources.sftp.compression import ALGORITHMS
from retailsync_assets.resources.sftp.protocol import SftpProtocolClient
from retailsync_assets.resources.sftp.read_ahead import UNDER_WAY
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.sftp.tcp_socket import LowLatencySocket
from retailsync_assets.resources.sftp.watchdog import Watchdog

LOCAL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
QUIET_SECONDS = 30.0
ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
LOG = logging.getLogger("retailsync.sftp")
"""What paramiko logs of our connections. It would add a traceback to the one line of the error that is raised: hence
this logger is off, and paramiko's own, which other connections of this process use, stays as it was."""
LOG.disabled = True
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


class SftpServer:
    """One account on one server. Holds no connection; `session()` opens one and closes it whatever happens."""

    def __init__(self, account: SftpAccount, *, quiet_seconds: float = QUIET_SECONDS) -> None:
        self._account = account
        self._quiet = quiet_seconds

    def __repr__(self) -> str:
        return f"sftp://{self._account.username}@{self._account.host}:{self._account.port}"

    @contextmanager
    def session(self) -> "Generator[SftpSession]":
        """An open session; raises `Unreachable`, `Refused` (host key, login) or `SetupError` with one line."""
        transport = self._connected()
        try:
            with Watchdog(transport.close, self._quiet) as watchdog, self._in_words("the session broke off"):
                self._log_in(transport)
                client = SftpProtocolClient.opened(transport, UNDER_WAY)
                client.get_channel().settimeout(self._quiet)  # pyright: ignore[reportOptionalMemberAccess]
                yield SftpSession(client, watchdog, repr(self), may_compress=self._account.compression == "auto")
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
                connection = LowLatencySocket.connected(self._account.host, self._account.port, self._quiet)
                transport = paramiko.Transport(connection, disabled_algorithms={**DISABLED, "keys": others})
                transport.set_log_channel(LOG.name)
                transport.get_security_options().ciphers = CIPHERS
                if self._account.compression == "on":
                    transport.get_security_options().compression = ALGORITHMS
                transport.banner_timeout = transport.auth_timeout = transport.handshake_timeout = self._quiet
            try:
                with Watchdog(transport.close, self._quiet):
                    transport.start_client(timeout=self._quiet)
                    fingerprint = _fingerprint(transport.get_remote_server_key())  # none after a time-out: it raises
            except paramiko.SSHException as failed:
                transport.close()
                if "no acceptable host key" in str(failed):
                    continue
                raise Unreachable(f"{self!r}: no SSH handshake: {failed}") from failed
            except (OSError, EOFError) as failed:
                transport.close()
                raise Unreachable(f"{self!r}: no SSH handshake: {failed or 'connection closed'}") from failed
            if fingerprint in self._account.fingerprints:
                return transport
            transport.close()
            shown.append(fingerprint)
        pinned = ", ".join(self._account.fingerprints)
        raise HostKeyMismatch(
            f"{self!r}: host key mismatch: got {', '.join(shown) or 'no host key of a safe kind'}, expected"
            f" {pinned}; if its key was rotated, add the new fingerprint to sites.toml"
        )

    def _log_in(self, transport: paramiko.Transport) -> None:
        account = self._account
        try:
            if account.password is not None:
                transport.auth_password(account.username, account.password.reveal(), fallback=False)
            else:
                transport.auth_publickey(account.username, self._key())
        except paramiko.AuthenticationException as refused:
            if not transport.is_active() or "timeout" in str(refused).lower():  # paramiko tells a cut line so, too
                raise Unreachable(f"{self!r}: cut off during the login: {refused}") from refused
            raise AuthenticationFailed(f"{self!r}: the server refused the login of {account.username}") from refused

    def _key(self) -> paramiko.PKey:
        file, passphrase = self._account.private_key, self._account.passphrase
        # Its types say str, but text it refuses: "password must be bytes".
        phrase: Any = passphrase.reveal().encode() if passphrase else None
        try:
            return paramiko.PKey.from_path(str(file), phrase)
        except (OSError, ValueError, TypeError, UnknownKeyType) as unusable:
            why = unusable.strerror if isinstance(unusable, OSError) else "passphrase?"
            raise SetupError(f"{file}: the private key can't be read ({why})") from unusable

    @contextmanager
    def _in_words(self, what: str) -> Generator[None]:
        try:
            yield
        except (TimeoutError, ConnectionError, EOFError, socket.gaierror, paramiko.SSHException) as failed:
            raise Unreachable(f"{self!r}: {what}: {failed or type(failed).__name__}") from failed
        except PermissionError as denied:
            raise SetupError(f"{self!r}: permission denied: {denied.filename or denied}") from denied
        except FileNotFoundError as missing:
            raise SetupError(f"{self!r}: there is no such file or folder: {missing.filename or missing}") from missing
        except OSError as failed:
            if failed.errno in LOCAL_DISK:
                raise SetupError(f"this machine's disk: {failed}") from failed
            passing = failed.errno or "Socket is closed" in str(failed)  # paramiko's, when the watchdog closed it
            raise (Unreachable if passing else SetupError)(f"{self!r}: {what}: {failed}") from failed


def _fingerprint(key: paramiko.PKey) -> str:
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
