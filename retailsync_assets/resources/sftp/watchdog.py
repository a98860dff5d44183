"""Ends what hangs: no timeout of paramiko covers the SFTP handshake or a stalled transfer; closing it does."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

SLOWEST = 32 << 10
"""Bytes a second; a transfer that is slower hangs, for all that can be told."""
LONGEST_SECONDS = 2 * 3600.0


class Watchdog:
    """Calls `end` once when nothing, or too little, was heard for so many seconds, or after all too long.

    Silent after the block.
    """

    def __init__(self, end: Callable[[], object], quiet_seconds: float) -> None:
        self._end = end
        self._quiet = quiet_seconds
        self._enough = SLOWEST * quiet_seconds
        self._moved = 0.0
        self._heard = time.monotonic()
        self._latest = self._heard + LONGEST_SECONDS
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sftp watchdog", daemon=True)

    def progress(self, size: int | None = None) -> None:
        """So many bytes moved, which counts when they are enough together; or a step is over."""
        self._moved += self._enough if size is None else size
        if self._moved >= self._enough:
            self._moved, self._heard = 0.0, time.monotonic()

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(max(0.05, self._deadline() - time.monotonic())):
            if time.monotonic() >= self._deadline():
                self._end()
                return

    def _deadline(self) -> float:
        return min(self._heard + self._quiet, self._latest)
