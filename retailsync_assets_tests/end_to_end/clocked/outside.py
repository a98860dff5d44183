"""What happens outside in a night: each is an event for `Night.at`."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from retailsync_assets.errors import Unreachable
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.end_to_end.clocked.played_night import PROBE, Night

Event = Callable[[Night], object]
TONIGHT, YESTERDAY, SECOND = 7, 3, 6
"""Units at PROBE in tonight's raw file, in yesterday's, and in a second one of tonight."""


def file_of(as_of: str, units: object = TONIGHT) -> Event:
    """Retail Pro's raw file comes in, whole."""
    return lambda night: night.raw(as_of, units)


def file_so_far(as_of: str, lines: int) -> Event:
    """Retail Pro's raw file as far as it has come; whole lines, so that it reads well."""

    def grow(night: Night) -> None:
        night.raw(as_of, TONIGHT)
        newest = max(night.world.inbox.iterdir(), key=lambda file: file.name)
        newest.write_bytes(b"".join(newest.read_bytes().splitlines(keepends=True)[:lines]))

    return grow


def units_leave(night: Night) -> None:
    """Two units at PROBE are shipped; the order's other line is still open."""
    ship(night, 2)


def one_more_leaves(night: Night) -> None:
    """One more unit at PROBE is shipped."""
    ship(night, 1)


def ship(night: Night, units: int) -> None:
    facility, sku = PROBE
    now = night.world.clock.now()
    night.world.orders.ship(facility, night.in_utc(now), sku, units)


def nothing_is_online(night: Night) -> None:
    """HotWax has no live product: its shop is switched off."""
    night.world.execute("UPDATE SHOPIFY_SHOP SET IS_ENABLED = 'N'")


def oms_goes_away(night: Night) -> None:
    """HotWax's database can't be opened: there is a folder in its place."""
    night.oms.rename(night.oms.with_suffix(".away"))
    night.oms.mkdir()


def retail_pro_does_not_answer_until(clock: str) -> Event:
    """Retail Pro's SFTP server is not there."""

    def away(night: Night) -> None:
        server, end, clock_of = night.world.resources.retail_pro, night.instant(clock), night.world.clock
        opened = server.session

        @contextmanager
        def session() -> Generator[SftpSession]:
            if clock_of.now() < end:
                raise Unreachable("sftp://retailpro@127.0.0.1: no answer")
            with opened() as found:
                yield found

        server.session = session

    return away


def oms_comes_back(night: Night) -> None:
    """HotWax's database is where it was."""
    night.oms.rmdir()
    night.oms.with_suffix(".away").rename(night.oms)


def hotwax_is_busy_until(clock: str) -> Event:
    """HotWax takes files off its folders, and imports none before that time."""

    def busy(night: Night) -> None:
        night.hotwax_is_busy_until = night.instant(clock)

    return busy


def a_person_takes_it(night: Night) -> None:
    """`retailsync run`."""
    night.world.take(night.on)


def a_person_approves(night: Night) -> None:
    """`retailsync approve`."""
    night.world.resources.ledger.approve(night.on, "a person", "the newer one is right", night.world.clock.now())
