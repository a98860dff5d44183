"""All that is used of paramiko beyond its documented interface, in one file, with one test that says what changed.

Its client throws away which extensions the server has, asks for 32 KiB at a time, and fails on names that aren't UTF-8.
"""

import struct
from collections.abc import Iterator
from typing import Any

import paramiko
from paramiko.buffered_pipe import PipeTimeout
from paramiko.sftp import (
    CMD_CLOSE,
    CMD_DATA,
    CMD_EXTENDED,
    CMD_HANDLE,
    CMD_INIT,
    CMD_NAME,
    CMD_OPENDIR,
    CMD_READ,
    CMD_READDIR,
    CMD_STATUS,
    CMD_VERSION,
    int64,
)

from retailsync_assets.resources.sftp.receive_buffer import ReceiveBuffer

PROTOCOL = 3
POSIX_RENAME = "posix-rename@openssh.com"
FSYNC = "fsync@openssh.com"
LIMITS = "limits@openssh.com"
STATVFS = "statvfs@openssh.com"
EXTENDED_REPLY = 201
FRAGMENT_BYTES, FRAGMENTS_FREE, FILE_SYSTEM_ID = 1, 4, 8
"""Where a statvfs answer has `f_frsize`, `f_bavail` and `f_fsid`."""
SAFE_READ = 1 << 15
"""What every server answers in one read."""
LARGEST_READ = 261_120
"""What OpenSSH answers; where a server names more, nothing is gained by it."""


class SftpProtocolClient(paramiko.SFTPClient):
    """An SFTP client that knows its server's extensions by name."""

    extensions: frozenset[str] = frozenset()

    @classmethod
    def opened(cls, transport: paramiko.Transport, window_size: int) -> "SftpProtocolClient":
        """A client on a channel of its own; raises `SSHException` where the server offers no SFTP."""
        channel: Any = transport.open_session(window_size=window_size)
        channel.in_buffer = ReceiveBuffer(PipeTimeout)
        channel.invoke_subsystem("sftp")
        return cls(channel)

    def _send_version(self) -> int:
        hello = paramiko.Message()
        hello.add_int(PROTOCOL)
        client: Any = self
        client._send_packet(CMD_INIT, hello)
        kind, content = client._read_packet()
        if kind != CMD_VERSION:
            raise paramiko.SFTPError("Incompatible sftp protocol")
        message, names = paramiko.Message(content[4:]), list[str]()
        while message.get_remainder():
            names.append(message.get_string().decode("utf-8", "replace"))
            message.get_string()
        self.extensions = frozenset(names)
        return struct.unpack(">I", content[:4])[0]

    def _read_all(self, n: int) -> bytes:
        """As paramiko's, but a large answer that comes in many pieces is put together once, not once a piece."""
        pieces, channel = list[bytes](), self.get_channel()
        while n > 0:
            piece = channel.recv(n) if channel else b""
            if not piece:
                raise EOFError
            pieces.append(piece)
            n -= len(piece)
        return b"".join(pieces)

    def folder(self, path: str) -> Iterator[list[tuple[bytes, paramiko.SFTPAttributes]]]:
        """The entries of a folder as the server sends them, batch by batch; names are bytes, whatever they hold.

        Raises OSError where the server refuses, and `SFTPError` where it answers with something else.
        """
        client: Any = self
        kind, message = client._request(CMD_OPENDIR, path.encode())
        if kind != CMD_HANDLE:
            raise paramiko.SFTPError("expected a handle")
        handle = message.get_string()
        while True:
            try:
                kind, message = client._request(CMD_READDIR, handle)
            except EOFError:
                break
            if kind != CMD_NAME:
                raise paramiko.SFTPError("expected names")
            yield [_entry(message) for _ in range(message.get_int())]
        client._request(CMD_CLOSE, handle)

    def fsync(self, handle: bytes) -> None:
        """Have an open file's bytes on the server's disk, if the server can; raises OSError if that fails."""
        if FSYNC in self.extensions:
            client: Any = self
            client._request(CMD_EXTENDED, FSYNC, handle)

    def read_length(self) -> int:
        """The most bytes to ask for in one read: what the server names, within reason; 32 KiB if it names nothing."""
        if LIMITS not in self.extensions:
            return SAFE_READ
        client: Any = self
        try:
            kind, message = client._request(CMD_EXTENDED, LIMITS)
        except OSError:
            return SAFE_READ
        if kind != EXTENDED_REPLY:
            return SAFE_READ
        _packet, read = message.get_int64(), message.get_int64()
        return max(SAFE_READ, min(read, LARGEST_READ))

    def file_system(self, path: str) -> int | None:
        """The number of the file system a path is on, or None where the server doesn't tell."""
        fields = self._statvfs(path)
        return None if fields is None else fields[FILE_SYSTEM_ID]

    def free_bytes(self, path: str) -> int | None:
        """What this account may still write where a path is, or None where the server doesn't tell."""
        fields = self._statvfs(path)
        return None if fields is None else fields[FRAGMENT_BYTES] * fields[FRAGMENTS_FREE]

    def _statvfs(self, path: str) -> list[int] | None:
        if STATVFS not in self.extensions:
            return None
        client: Any = self
        kind, message = client._request(CMD_EXTENDED, STATVFS, path)
        return [message.get_int64() for _ in range(FILE_SYSTEM_ID + 1)] if kind == EXTENDED_REPLY else None


def _entry(message: paramiko.Message) -> tuple[bytes, paramiko.SFTPAttributes]:
    name, _long = message.get_string(), message.get_string()
    attributes: Any = paramiko.SFTPAttributes()
    attributes._unpack(message)
    return name, attributes


class PendingReads:
    """Reads of an open remote file that are asked for before the answers to earlier ones have come."""

    def __init__(self, client: SftpProtocolClient, handle: bytes) -> None:
        self._client: Any = client
        self._handle = handle
        self._answers = dict[int, tuple[int, Any]]()

    def ask(self, start: int, length: int) -> int:
        """Ask for bytes; answers the request's number."""
        return self._client._async_request(self, CMD_READ, self._handle, int64(start), length)

    def wait_for(self, number: int) -> bytes:
        """What one request brought; nothing at the end of the file. Raises OSError where the server refuses."""
        while number not in self._answers:
            self._client._read_response()
        kind, message = self._answers.pop(number)
        if kind == CMD_DATA:
            return message.get_string()
        try:
            if kind == CMD_STATUS:
                self._client._convert_status(message)
        except EOFError:
            return b""
        raise paramiko.SSHException("the server answered a read with neither data nor an error")

    def _async_response(self, kind: int, message: Any, number: int) -> None:
        """paramiko hands an answer over, whenever it comes."""
        self._answers[number] = kind, message
