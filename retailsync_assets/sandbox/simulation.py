"""What happens in a world while nobody asks: Retail Pro exports every night, HotWax polls and processes."""

import re
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.retail_pro.acknowledgements import acknowledged
from retailsync_assets.sandbox.retail_pro.export_schedule import business_date, first_snapshot, next_snapshot
from retailsync_assets.sandbox.retail_pro.raw_file import STAMP, write_raw_file
from retailsync_assets.sandbox.setup import INBOX

_SENT: Final = re.compile(r"RetailPro_Inventory_1_([0-9]{14})\.csv")


def now_utc() -> datetime:
    """The world's clock is the real one."""
    return datetime.now(UTC)


class Simulation:
    """Retail Pro and HotWax in one sandbox `folder`. `begin` makes it ready, `live` runs until told to stop."""

    def __init__(self, folder: Path, *, lines: int, poll_seconds: float) -> None:
        self._inbox = folder / "sftp" / INBOX
        self._database = folder / "oms.db"
        self._seeded_at = folder / "oms.as_of"
        self._lines = lines
        self._poll_seconds = poll_seconds
        self._engine = create_engine(f"sqlite:///{self._database}", connect_args={"timeout": 30})
        self._hotwax = HotWax(self._engine, folder / "sftp", now_utc)

    def begin(self) -> None:
        """Seeds a new OMS around its first snapshot, and sends the raw file of the current business date."""
        if not self._database.exists():
            self._seed(self._last_snapshot() or first_snapshot(now_utc()))
        self._hotwax.requeue_interrupted()
        self._export(starting=True)

    def live(self, stop: threading.Event) -> None:
        """Exports, polls and processes every few seconds; once more after `stop` is set, and then returns."""
        stopping = False
        while not stopping:
            stopping = stop.wait(self._poll_seconds)
            try:
                self._export(starting=False)
                self._hotwax.poll()
                self._hotwax.process()
            except OperationalError as locked:
                print(f"the OMS did not answer, once more in a moment: {locked.orig}", file=sys.stderr)
        self._engine.dispose()

    def _seed(self, as_of: datetime) -> None:
        """The database shows under its name once it is whole: a killed beginning is begun again."""
        part = self._database.with_name("oms.db.part")
        part.unlink(missing_ok=True)
        engine = create_engine(f"sqlite:///{part}")
        create_schema(engine)
        seed_oms(engine, as_of)
        engine.dispose()
        self._seeded_at.write_text(as_of.isoformat(), encoding="utf-8")
        part.replace(self._database)

    def _export(self, *, starting: bool) -> None:
        as_of = next_snapshot(now_utc(), self._last_snapshot(), starting=starting)
        if as_of is None:
            return
        seeded_at = datetime.fromisoformat(self._seeded_at.read_text(encoding="utf-8"))
        if business_date(seeded_at) == business_date(as_of):
            as_of = seeded_at
        absorbed = acknowledged(self._engine, seeded_at, as_of)
        write_raw_file(self._inbox, as_of, lines=self._lines, absorbed=absorbed)

    def _last_snapshot(self) -> datetime | None:
        sent = (_SENT.fullmatch(path.name) for path in self._inbox.iterdir())
        stamps = (datetime.strptime(name[1], STAMP).replace(tzinfo=UTC) for name in sent if name)
        return max(stamps, default=None)
