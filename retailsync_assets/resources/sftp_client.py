"""paramiko's SFTP client, and what it throws away: the extensions that the server says it has."""

import struct
from typing import Any

import paramiko
from paramiko.sftp import CMD_EXTENDED, CMD_INIT, CMD_VERSION

PROTOCOL = 3
POSIX_RENAME = "posix-rename@openssh.com"
FSYNC = "fsync@openssh.com"
STATVFS = "statvfs@openssh.com"
EXTENDED_REPLY = 201
FIELDS_BEFORE_ID = 8


class ExtendedClient(paramiko.SFTPClient):
    """An SFTP client that knows its server's extensions by name."""

    extensions: frozenset[str] = frozenset()

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

    def fsync(self, handle: bytes) -> None:
        """Have an open file's bytes on the server's disk, if the server can; raises OSError if that fails."""
        if FSYNC in self.extensions:
            client: Any = self
            client._request(CMD_EXTENDED, FSYNC, handle)

    def file_system(self, path: str) -> int | None:
        """The number of the file system a path is on, or None where the server doesn't tell."""
        if STATVFS not in self.extensions:
            return None
        client: Any = self
        kind, message = client._request(CMD_EXTENDED, STATVFS, path)
        if kind != EXTENDED_REPLY:
            return None
        return [message.get_int64() for _ in range(FIELDS_BEFORE_ID + 1)][-1]
