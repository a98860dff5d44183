"""One site and all that is around it; what `retailsync run` and `approve` do, at the moment that a test says it is."""

from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.orchestration.execution.night_runner import run_night
from retailsync_assets.raw_file import inbox
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import site_resources
from retailsync_assets.workflow.status import NightStatus
from retailsync_assets_tests.config.sample import merged
from retailsync_assets_tests.end_to_end.nights import dagster_in_memory
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.outside import Key as Key
from retailsync_assets_tests.end_to_end.nights.outside import Outside
from retailsync_assets_tests.end_to_end.nights.site_file import Server, settings, written

CATALOGUE = ("stores", "skus", "shelves")


class World(Outside):
    """Files lie below `name` on the server, so that several worlds share one; OMS and home lie in `folder`.

    Besides `stores`, `skus` and `shelves`, which are HotWax's, `changes` are of the site's settings.
    """

    def __init__(self, folder: Path, server: Server, name: str, oms_url: str | None = None, **changes: Any) -> None:
        catalogue = {key: changes.pop(key) for key in CATALOGUE if key in changes}
        standard = settings(server, name, oms_url or f"sqlite:///{folder / 'oms.db'}")
        super().__init__(server, merged(standard, changes), **catalogue)
        self.folder, self.name = folder, name
        self.open(written(folder / "sites.toml", {name: self.settings})[name], Home(folder / "home"))

    def open(self, site: Site, home: Home) -> None:
        """Works on this site in this home from now on."""
        self.home, self.resources = home, site_resources(site, home, self.clock)
        dagster_in_memory.settle(home.folder / "dagster")

    @property
    def landing(self) -> Path:
        """Where the product keeps the bytes of raw files."""
        return self.home.folder / "landing" / self.name

    def lake(self, table: str, on: date = NIGHT) -> list[dict[str, Any]]:
        """The rows of a table of the lake."""
        return Lake(self.home, self.name).rows(table, on)

    def take(self, on: date = NIGHT) -> NightStatus:
        """`retailsync run`, now; it sees Dagster's home of this world only and waits no whole second for a file."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DAGSTER_HOME", str(self.home.folder / "dagster"))
            patch.setattr(inbox, "STILL_SECONDS", 0.01)
            return run_night(self.resources, on, "a test", lambda step: None)

    def check(self, asset: str, name: str) -> dg.AssetCheckEvaluation:
        """What a check found when it was last run."""
        events, _ = dagster_in_memory.books()
        key = dg.AssetCheckKey(dg.AssetKey([self.name, asset]), name)
        (last,) = events.get_asset_check_execution_history(key, limit=1)
        assert last.event is not None
        assert last.event.dagster_event is not None
        return last.event.dagster_event.asset_check_evaluation_data

    def play(self, on: date = NIGHT) -> NightStatus:
        """The night from here to its end: HotWax imports at 08:00, the variance goes out at 09:00."""
        day = f"{(on - NIGHT).days:+d} " if on != NIGHT else ""
        self.take(on)
        self.at(f"{day}08:00").import_files()
        self.at(f"{day}09:00").take(on)
        self.import_files()
        return self.take(on)

    def approve(self, on: date = NIGHT) -> None:
        """`retailsync approve`, now."""
        assert self.resources.ledger.approve(on, "a person", "it is right as it is", self.clock.now())
