"""A remote file at the speed of the line: large requests, several of them under way, the answers handed on in order."""

from collections import deque
from collections.abc import Iterator

import paramiko

from retailsync_assets.resources.sftp.protocol import SAFE_READ, PendingReads, SftpProtocolClient

SMALLEST_READ = 1 << 12
UNDER_WAY = 4 << 20
"""Bytes asked for and not yet handed on: 50 MB/s at a round trip of 80 ms, and all the memory this takes."""


class ReadAhead:
    """Iterate it: the bytes of an open remote file from `start` to `end`, in order, fewer if the file ends before.

    paramiko's own `prefetch` asks for 32 KiB at a time, every request at once, and searches all that came for the next.
    """

    def __init__(self, client: SftpProtocolClient, handle: bytes, end: int, start: int = 0) -> None:
        self._reads = PendingReads(client, handle)
        self._end = end
        self._length = client.read_length() if end - start > SAFE_READ else SAFE_READ
        self._asked = self._handed_on = start
        self._waiting = deque[tuple[int, int, int]]()

    def __iter__(self) -> Iterator[bytes]:
        while self._ask():
            number, start, length = self._waiting.popleft()
            data = self._reads.wait_for(number)
            if not data:
                return
            if len(data) > length:
                raise paramiko.SSHException(f"the server answered {len(data)} bytes where {length} were asked for")
            if len(data) < length:  # allowed: the rest is asked for first, and from now on no more than it gives
                self._length = min(self._length, max(len(data), SMALLEST_READ))
                self._waiting.appendleft(self._request(start + len(data), length - len(data)))
            self._handed_on += len(data)
            yield data

    def _ask(self) -> bool:
        """Keep `UNDER_WAY` bytes asked for; False when nothing is left to wait for."""
        while self._asked < self._end and self._asked - self._handed_on < UNDER_WAY:
            length = min(self._length, self._end - self._asked)
            self._waiting.append(self._request(self._asked, length))
            self._asked += length
        return bool(self._waiting)

    def _request(self, start: int, length: int) -> tuple[int, int, int]:
        return self._reads.ask(start, length), start, length
