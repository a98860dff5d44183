"""A whole night, tick by tick: the world's events at their local times, the daemon in between, and how it ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

from retailsync_assets.ledger.models import DeliveryKind
from retailsync_assets.workflow.status import night_status
from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import Key, World

LOOK = timedelta(seconds=30)
AWAKE = timedelta(minutes=1)
QUIET = timedelta(minutes=5)
QUARTER = timedelta(minutes=15)
PROBE: Key = ("F1", "A")
"""The store and product by which files are told apart: HotWax starts with 10 there and ships 2 in the evening."""


@dataclass(frozen=True)
class Ending:
    """How a night ended. Times are local, `+` for the second 01:xx of autumn; `sent` and `stock` are units at PROBE.

    `told` holds a piece of each alert in turn, `failed` the jobs whose runs failed.
    """

    state: str
    resets: tuple[str, ...] = ()
    variances: tuple[str, ...] = ()
    sent: float | None = None
    stock: float = 8
    told: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def check(self, found: "Ending") -> None:
        """Raises AssertionError naming all that is otherwise, a line each."""
        otherwise = list[str]()
        for name in (field.name for field in fields(self)):
            mine, other = getattr(self, name), getattr(found, name)
            agrees = mine == other
            if name == "told":
                agrees = len(mine) == len(other) and all(piece in text for piece, text in zip(mine, other, strict=True))
            if not agrees:
                otherwise.append(f"{name}: {other}, expected {mine}")
        assert not otherwise, "\n".join(otherwise)


class Night:
    """One business date of one world."""

    def __init__(self, world: World, daemon: Daemon, on: date) -> None:
        self.world, self.daemon, self.on = world, daemon, on
        self.zone = ZoneInfo(world.resources.site.time_zone)
        self.events: list[tuple[datetime, Callable[[], object]]] = []
        self.hotwax_is_busy_until = self.instant("-1 12:00")
        self.oms = world.folder / "oms.db"

    def instant(self, text: str) -> datetime:
        """The instant of a local time: `"01:47"`, `"-1 23:30"` the evening before, `"01:30+"` the second in autumn."""
        days, _, clock = text.rstrip("+").rpartition(" ")
        local = datetime.combine(self.on + timedelta(days=int(days or 0)), time.fromisoformat(clock))
        zoned = local.replace(tzinfo=self.zone, fold=int(text.endswith("+")))
        return zoned.astimezone(UTC)

    def local(self, instant: datetime) -> str:
        """The local time of an instant, as `instant` reads it."""
        there = instant.astimezone(self.zone)
        return f"{there:%H:%M}{'+' if there.fold else ''}"

    def at(self, text: str, event: Callable[["Night"], object]) -> None:
        """Something happens at that time."""
        self.events.append((self.instant(text), lambda: event(self)))

    def raw(self, as_of: str, units: object) -> None:
        """A raw file of that moment's stock, with so many units at PROBE."""
        self.world.raw({PROBE: units}, as_of=self.in_utc(self.instant(as_of)))

    def in_utc(self, instant: datetime) -> str:
        """An instant as `moment` of the nights' tests reads it."""
        return f"{(instant.date() - NIGHT).days:+d} {instant:%H:%M:%S}"

    def hotwax_polls(self) -> None:
        """HotWax takes what lies in its folders, and imports it unless it is busy or its database is away."""
        if not self.oms.is_dir():
            self.world.poll()
            if self.world.clock.moment >= self.hotwax_is_busy_until:
                self.world.process()

    def play(self, start: str, end: str) -> Ending:
        """What came before `start` happened while the daemon was down. Every tick of every schedule is evaluated; the
        sensors look every 30 seconds for a minute after something happened, and every five minutes in between."""
        now, last = self.instant(start), self.instant(end)
        first = min([now, *(at for at, _ in self.events)])
        quarters = (first + QUARTER * number for number in range((last - first) // QUARTER + 1))
        polls = [(at - timedelta(minutes=at.minute % 15), self.hotwax_polls) for at in quarters]
        coming = sorted((*self.events, *polls), key=itemgetter(0))
        ticks = list(self.daemon.ticks(now, last))
        awake = now
        while now < last:
            awake = max([awake, *(at + AWAKE for at, _ in self.events if at <= now)])
            while coming and coming[0][0] <= now:
                self.world.clock.moment, event = coming.pop(0)
                event()
            self.world.clock.moment = now
            ran = [self.daemon.tick(schedule) for at, schedule in ticks if at == now]
            if any([self.daemon.look(), *ran]):
                awake = now + AWAKE
            marks = [at for at, _ in (*coming, *ticks) if at > now]
            now = now + LOOK if now < awake else min([*marks, now + QUIET])
        return self.ending()

    def ending(self) -> Ending:
        """How the night stands at this moment of the clock."""
        world, ledger = self.world, self.world.resources.ledger
        standing = ledger.night_state(self.on)
        journal = [entry for day in (self.on - timedelta(days=1), self.on) for entry in ledger.history(day)]
        return Ending(
            state=night_status(world.resources.site, standing, world.clock.now()).state,
            resets=self._out(DeliveryKind.RESET),
            variances=self._out(DeliveryKind.VARIANCE),
            sent=world.delivered("reset").get(PROBE),
            stock=world.stock()[PROBE],
            told=tuple(json.loads(entry.detail)["text"] for entry in journal if entry.what == "alert"),
            failed=tuple(ran.job for ran in self.daemon.runs if ran.failure),
        )

    def _out(self, kind: DeliveryKind) -> tuple[str, ...]:
        files = self.world.resources.ledger.night_state(self.on).deliveries
        return tuple(self.local(each.published_at) for each in files if each.kind is kind and each.published_at)
