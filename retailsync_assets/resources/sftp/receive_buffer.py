"""What came over a channel and was not read yet, in the pieces it came in."""

from collections import deque
from threading import Condition


class ReceiveBuffer:
    """In the place of a paramiko channel's `in_buffer`, which moves all that it still holds at each read.

    Fed by one thread, read by another. It has no `set_event`, which only `Channel.fileno` asks for.
    """

    def __init__(self, too_late: type[Exception] = TimeoutError) -> None:
        self._too_late = too_late
        self._pieces = deque[bytes]()
        self._closed = False
        self._changed = Condition()

    def __len__(self) -> int:
        with self._changed:
            return sum(map(len, self._pieces))

    def read_ready(self) -> bool:
        """Would `read` answer at once with at least one byte?"""
        return bool(self._pieces)

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        if data:
            with self._changed:
                self._pieces.append(data)
                self._changed.notify_all()

    def close(self) -> None:
        """Nothing more will come; what is here can still be read."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def read(self, nbytes: int, timeout: float | None = None) -> bytes:
        """What is here, at most `nbytes`; nothing once closed and empty. Raises `too_late` after `timeout` s."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._pieces or self._closed, timeout):
                raise self._too_late
            found = list[bytes]()
            while self._pieces and nbytes:
                piece = self._pieces.popleft()
                if len(piece) > nbytes:
                    self._pieces.appendleft(piece[nbytes:])
                    piece = piece[:nbytes]
                found.append(piece)
                nbytes -= len(piece)
        return b"".join(found)
