"""What a process has told people of and could not enter in the ledger, so that it does not tell it again and again."""

from datetime import date
from threading import Lock


class ToldAlerts:
    """Causes by business date. Sensors of one process look in threads of their own: each answer is one step."""

    def __init__(self) -> None:
        self._causes = set[tuple[date, str]]()
        self._lock = Lock()

    def add(self, on: date, cause: str) -> None:
        """It was told, and is in no ledger."""
        with self._lock:
            self._causes.add((on, cause))

    def discard(self, on: date, cause: str) -> None:
        """It is in the ledger now."""
        with self._lock:
            self._causes.discard((on, cause))

    def __contains__(self, told: tuple[date, str]) -> bool:
        with self._lock:
            return told in self._causes
