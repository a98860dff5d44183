"""Ends what hangs: no timeout of paramiko covers the SFTP handshake or a stalled transfer; closing it does."""

import threading
import time
from collections.abc import Callable
from types import TracebackType


class Watchdog:
    """Calls `end` once when `progress()` was not heard for so many seconds; silent after the block."""

    def __init__(self, end: Callable[[], object], quiet_seconds: float) -> None:
        self._end = end
        self._quiet = quiet_seconds
        self._heard = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sftp watchdog", daemon=True)

    def progress(self) -> None:
        """Something moved."""
        self._heard = time.monotonic()

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(max(0.05, self._heard + self._quiet - time.monotonic())):
            if time.monotonic() - self._heard >= self._quiet:
                self._end()
                return
