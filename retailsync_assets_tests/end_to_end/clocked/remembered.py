"""A ledger that remembers what it read until something is written: most looks of a night find nothing new."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import NightState


class Remembered(Ledger):
    """The product's own books in SQL. Good for one process only, as a test's night is."""

    def __init__(self, url: str, site: str) -> None:
        super().__init__(url, site)
        self._read = dict[date, NightState]()

    @contextmanager
    def _write(self) -> Generator[Connection]:
        with super()._write() as connection:
            yield connection
        self._read.clear()

    def night_state(self, on: date) -> NightState:
        if on not in self._read:
            self._read[on] = super().night_state(on)
        return self._read[on]
