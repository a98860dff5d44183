"""How far a night has come when somebody clicks in the page, and what can be clicked there out of turn."""

from collections.abc import Callable
from datetime import timedelta

import dagster as dg

from retailsync_assets_tests.end_to_end.clocked.daemon import stopped_by
from retailsync_assets_tests.end_to_end.clocked.outside import TONIGHT
from retailsync_assets_tests.end_to_end.clocked.played_night import Night
from retailsync_assets_tests.end_to_end.nights.world import World

Stage = Callable[[Night], None]
Click = Callable[[Night], list[dg.ExecuteInProcessResult]]
DAYS = 4


def at(night: Night, clock: str) -> World:
    night.world.clock.moment = night.instant(clock)
    return night.world


def file_is_there(night: Night) -> None:
    """Tonight's file lies in the inbox, beside those of the days before; nothing was made of any."""
    for moment, event in night.events:
        night.world.clock.moment = moment
        event()
    for days in range(1, DAYS):
        night.raw(f"-{days} 05:30", TONIGHT - days)
    night.raw("00:50", TONIGHT)
    at(night, "01:35")


def list_is_outdated(night: Night) -> None:
    """The reset was filtered before 01:00; since then one product less is sold, and the list was made anew."""
    file_is_there(night)
    at(night, "00:52")
    for assets in (["active_products"], ["raw_reset_file"], ["filtered_reset"]):
        night.daemon.materialize(str(night.on), *assets)
    night.world.execute(
        "DELETE FROM SHOPIFY_SHOP_PRODUCT WHERE PRODUCT_ID = (SELECT min(PRODUCT_ID) FROM SHOPIFY_SHOP_PRODUCT)"
    )
    at(night, "01:05")
    night.daemon.materialize(str(night.on), "active_products")


def breaker_has_tripped(night: Night) -> None:
    """Everything is computed, and the night is held."""
    file_is_there(night)
    night.world.raw({(store, "C"): None for store in night.world.stores}, night.in_utc(night.instant("00:50")))
    assert night.world.take(night.on).state == "held"


def reset_is_out(night: Night) -> None:
    """HotWax has the reset and has not imported it."""
    file_is_there(night)
    assert night.world.take(night.on).state == "waiting"


def reset_rests(night: Night) -> None:
    """HotWax has imported the reset; the hour is not over."""
    reset_is_out(night)
    at(night, "01:45").import_files()
    assert night.world.take(night.on).state == "waiting"


def all_is_done(night: Night) -> None:
    """The night is complete."""
    reset_rests(night)
    at(night, "02:45").take(night.on)
    night.world.import_files()
    assert night.world.take(night.on).state == "complete"


def materialize(*assets: str, days: int = 0) -> Click:
    """These assets of tonight, or of a night before."""
    return lambda night: [night.daemon.materialize(str(night.on - timedelta(days=days)), *assets)]


def backfill(night: Night) -> list[dg.ExecuteInProcessResult]:
    """Every asset of the last days, oldest first: what "backfill all missing" launches."""
    return [result for days in reversed(range(DAYS)) for result in materialize(days=days)(night)]


def run_again(job: str, days: int = 0) -> Click:
    """A whole job once more, as "re-execute all" does it."""

    def click(night: Night) -> list[dg.ExecuteInProcessResult]:
        name, on = night.world.resources.site.name, night.on - timedelta(days=days)
        return [night.daemon.run(f"{name}_{job}_job", str(on))]

    return click


def lines(results: list[dg.ExecuteInProcessResult]) -> list[str]:
    """The line that each run failed with, or waits for."""
    return [stopped_by(result) or "it succeeded" for result in results]


def listing(world: World) -> dict[str, tuple[int, int]]:
    """Everything that lies on HotWax's side of the server: size and time of each file."""
    folder = world.inbox.parent
    files = (file for file in folder.rglob("*") if file.is_file() and world.inbox not in file.parents)
    return {str(file.relative_to(folder)): (file.stat().st_size, file.stat().st_mtime_ns) for file in files}
