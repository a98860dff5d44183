"""A world, and all that tells a person how its nightly run stands."""

import io
import json
from pathlib import Path
from typing import Any

import dagster as dg
from rich.console import Console

from retailsync_assets.cli.doctor.examination import examine
from retailsync_assets.cli.output.night import print_night
from retailsync_assets.reporting.figures import collect
from retailsync_assets.reporting.page import render
from retailsync_assets.resources.lake import Lake
from retailsync_assets.workflow.status import NightStatus, night_status
from retailsync_assets_tests.end_to_end.clocked.daemon import Daemon
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.site_file import Server, Settings, written
from retailsync_assets_tests.end_to_end.nights.world import World


class Observed(World):
    """`reopen` reads sites.toml anew; the tellers look at the same moment as `take`."""

    def __init__(self, folder: Path, server: Server, name: str, instance: dg.DagsterInstance, **settings: Any) -> None:
        super().__init__(folder, server, name, **settings)
        self.instance = instance

    def reopen(self, settings: Settings) -> None:
        self.open(written(self.folder / "sites.toml", {self.name: settings})[self.name], self.home)

    def status(self) -> NightStatus:
        """`retailsync status`, from books that are opened anew."""
        self.reopen_ledger()
        return night_status(self.resources.site, self.resources.ledger.night_state(NIGHT), self.clock.now())

    def reopen_ledger(self) -> None:
        self.open(self.resources.site, self.home)

    def printed(self, status: NightStatus) -> str:
        text = io.StringIO()
        print_night(Console(file=text, width=400), status)
        return text.getvalue()

    def report(self) -> str:
        """The HTML of the nightly report, as somebody materializes it by hand."""
        return render(collect(self.resources, Lake(self.home, self.name), NIGHT))

    def alerts(self) -> list[str]:
        """What the sensors have told by their next look."""
        Daemon(self, self.instance).look()
        history = self.resources.ledger.history(NIGHT)
        return [json.loads(entry.detail)["text"] for entry in history if entry.what == "alert"]

    def failures(self) -> list[str]:
        """What `retailsync doctor` finds failed."""
        found = examine(self.resources.site, self.home, self.clock.now())
        return [f"{each.subject}: {each.found}" for each in found if each.state == "fail"]
