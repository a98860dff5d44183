"""`retailsync run` takes a nightly run as far as it can go, or replays one."""

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from retailsync_assets.cli.options import (
    as_json,
    date_of,
    for_date,
    for_deployment,
    for_site,
    open_site,
    site_resources_of,
)

if TYPE_CHECKING:
    from retailsync_assets.orchestration.execution.job_runner import AssetRun


@click.command()
@for_site
@for_date
@click.option("--replay", is_flag=True, help="Recompute a past business date and compare; delivers nothing.")
@as_json
@for_deployment
def run(site: str | None, on: date | None, replay: bool, as_json: bool) -> None:
    """Run the nightly sync of SITE as far as it can go now.

    Run the command again to continue from there.

    Exit code 0: complete; 1: failed; 2: usage error; 3: waiting; 4: on hold, quarantined or refused. With --replay, 0:
    the files are identical; 1: they differ.

    \b
    retailsync run main
    retailsync run main --date 2026-11-21 --replay
    """
    from retailsync_assets.cli.output.console import print_asset_run, print_json, transfers
    from retailsync_assets.cli.output.night import print_night
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.ledger.journal import actor
    from retailsync_assets.orchestration.execution.night_runner import run_night

    if replay:
        sys.exit(_replayed(site, on, as_json))
    console = terminal(stderr=as_json)

    def hear(step: "AssetRun") -> None:
        print_asset_run(console, step)

    with site_resources_of(site) as resources, transfers(console):
        night = run_night(resources, date_of(on, resources), f"retailsync run by {actor()}", hear)
    if as_json:
        print_json(night.document())
    else:
        print_night(console, night)
    sys.exit(night.exit_code)


def _replayed(site: str | None, on: date | None, as_json: bool) -> int:
    from retailsync_assets.cli.ending import Ending
    from retailsync_assets.cli.output.console import print_json, print_replay
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.orchestration.execution.replay import replay
    from retailsync_assets.resources.clock import Clock
    from retailsync_assets.workflow.calendar import business_date

    clock = Clock()
    with open_site(site) as (settings, home):
        found = replay(settings, home, on or business_date(clock.now(), settings), clock)
    if as_json:
        differ = Ending(1, "failed", f"the replay of {found.business_date} differs from what was delivered")
        print_json(found.document() | ({} if found.equal else differ.document()))
    else:
        print_replay(terminal(), found)
    return 0 if found.equal else 1
