"""The packaged demo's nights before tonight, each played at its own hours: what tonight is compared with."""

import asyncio
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site, read_sites
from retailsync_assets.orchestration.execution.night_runner import run_night
from retailsync_assets.orchestration.instance.dagster_home import instance
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.raw_file import inbox
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets.sandbox import simulation
from retailsync_assets.sandbox.hotwax.oms import book
from retailsync_assets.sandbox.sample.orders import Line, Note, Parcel, Story, Unit, numbered
from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS
from retailsync_assets.sandbox.setup import read
from retailsync_assets.sandbox.sftp_server import serve
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets_tests.end_to_end.nights.clock import SetClock

SOLD = ("JEAN-BLU-M", "JEAN-RED-S", "POLO-WHT-L", "HOOD-NVY-M", "POLO-BLU-S")
A_MOMENT = 1.0
OPEN_STILL = Line("CAP-RED", 1, "ITEM_APPROVED")


def play_before(sites: Path, nights: int) -> None:
    """That many nights in the home that this sites.toml's world belongs to; the site's first night is their first."""
    folder, clock = sites.parent, SetClock()
    tonight = business_date(datetime.now(UTC), read_sites(sites)["demo"])
    every = [tonight - timedelta(days=ago) for ago in range(nights, 0, -1)]
    with sites.open("a") as more:
        more.write(f'\n[sites.demo.schedule]\nfirst_night = "{every[0]}"\n')
    site, home = _resting(read_sites(sites)["demo"]), Home(folder.parent)
    with pytest.MonkeyPatch.context() as patch, _served(folder):
        patch.setenv("DAGSTER_HOME", str(home.folder / "dagster"))
        patch.setattr(simulation, "now_utc", clock.now)
        patch.setattr(inbox, "STILL_SECONDS", 0.01)
        world = simulation.Simulation(folder, lines=read(folder).lines, poll_seconds=0)
        for on in every:
            _play(on, site_resources(site, home, clock), clock, world, folder / "oms.db")


def _play(on: date, resources: SiteResources, clock: SetClock, world: simulation.Simulation, oms: Path) -> None:
    """HotWax takes its time, some minutes more or less a night, and so the variance goes out earlier or later."""
    queued = 9 + on.day * 7 % 17
    _at(clock, resources.site, on, 35)
    world.begin()
    _orders_leave(oms, on, clock.moment)
    _at(clock, resources.site, on, 62)
    _products(resources, on)
    _at(clock, resources.site, on, 91 + on.day % 3)
    run_night(resources, on, "the night", lambda step: None)
    _at(clock, resources.site, on, 93 + queued)
    _hotwax_imports(world)
    _at(clock, resources.site, on, 155 + queued)
    run_night(resources, on, "the night", lambda step: None)
    _at(clock, resources.site, on, 160 + queued)
    _hotwax_imports(world)
    ended = run_night(resources, on, "the night", lambda step: None)
    assert ended.state == "complete", ended


def _at(clock: SetClock, site: Site, on: date, minutes: int) -> None:
    """So many minutes after midnight."""
    clock.moment = datetime.combine(on, time(), site.zone).astimezone(UTC) + timedelta(minutes=minutes)


def _products(resources: SiteResources, on: date) -> None:
    """What the schedule of 01:00 runs; `run_night` would make it with the reset."""
    job = site_definitions(resources.site, resources).resolve_job_def("demo_active_products_job")
    with instance(resources) as dagster:
        quietly = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        assert job.execute_in_process(instance=dagster, partition_key=str(on), run_config=quietly).success


def _hotwax_imports(world: simulation.Simulation) -> None:
    stop = threading.Event()
    stop.set()
    world.live(stop)


def _orders_leave(oms: Path, on: date, as_of: datetime) -> None:
    """Some lines of orders that are still open; Retail Pro notes each a day later, or two."""
    stories = [
        Story(
            "",
            (Line(sku, 1 + number % 2), OPEN_STILL),
            (Parcel(FACILITY_IDS[(on.day + 3 * number) % len(FACILITY_IDS)], (Unit(1, 1 + number % 2),), 3 + number),),
            (Note(-20 - 24 * (number % 2), 1, 1),),
            status="ORDER_APPROVED",
        )
        for number, sku in enumerate(SOLD[: 1 + on.day * 3 % 5])
    ]
    book(create_engine(f"sqlite:///{oms}"), numbered(f"N{on:%m%d}-", stories), as_of)


def _resting(site: Site) -> Site:
    """With the hour between reset and variance that the demo leaves out."""
    return site.model_copy(update={"variance": site.variance.model_copy(update={"minutes_after_reset": 60})})


@contextmanager
def _served(folder: Path) -> Generator[None]:
    """The world's own SFTP server, in a thread."""
    up = Future[Callable[[], object]]()

    async def serving() -> None:
        async with await serve(folder / "sftp", folder / "keys", read(folder).port):
            told, loop = asyncio.Event(), asyncio.get_running_loop()
            up.set_result(lambda: loop.call_soon_threadsafe(told.set))
            await told.wait()
            await asyncio.sleep(A_MOMENT)  # the last session has been closed at the other end only

    with ThreadPoolExecutor(1) as thread:
        ended = thread.submit(asyncio.run, serving())
        stop = up.result(30)
        try:
            yield
        finally:
            stop()
        ended.result()
