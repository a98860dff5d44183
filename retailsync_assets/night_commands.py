"""The commands that take a night on, or say how it stands."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retailsync_assets.command_values import in_a_folder_that_is_there, not_blank
from retailsync_assets.commands import as_json, date_of, for_date, for_site, for_site_or_all, outside, workplace_of
from retailsync_assets.home import Home

if TYPE_CHECKING:
    from retailsync_assets.job_runs import Step


@click.command()
@for_site
@for_date
@click.option("--replay", is_flag=True, help="Compute a past night again and compare; delivers nothing.")
@as_json
def run(site: str, on: date | None, replay: bool, as_json: bool) -> None:
    """Take the night of SITE as far as it can go now.

    Run again, it goes on from there. Exit code 0: complete; 3: waiting, and for what; 4: held, quarantined or refused,
    and why; 1: error; 2: usage.
    With --replay 0: byte for byte what was delivered; 1: not, and which rows differ.

    \b
    retailsync run main
    retailsync run main --date 2026-11-21 --replay
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.ledger import actor
    from retailsync_assets.taking import take

    if replay:
        sys.exit(_replayed(site, on, as_json))
    console = Console(stderr=as_json, highlight=False)

    def hear(step: "Step") -> None:
        terminal.stage_line(console, step.asset, step.seconds, step.metadata)

    with workplace_of(site) as place, terminal.transfers(console):
        night = take(place, date_of(on, place), f"retailsync run by {actor()}", hear)
    if as_json:
        terminal.print_json(night.document())
    else:
        terminal.print_report(console, night)
    sys.exit(night.exit_code)


def _replayed(site: str, on: date | None, as_json: bool) -> int:
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.clock import Clock
    from retailsync_assets.night import business_date
    from retailsync_assets.replay import replay

    clock = Clock()
    with outside(site) as (settings, home):
        found = replay(settings, home, on or business_date(clock.now(), settings), clock)
    if as_json:
        terminal.print_json(found.document())
    else:
        terminal.print_replay(Console(width=None if sys.stdout.isatty() else 160, highlight=False), found)
    return 0 if found.equal else 1


@click.command()
@for_site_or_all
@for_date
@as_json
def status(site: str | None, on: date | None, as_json: bool) -> None:
    """Tell where the night of SITE stands, or all sites' nights.

    With SITE stage by stage, without it every site in a row. Looks at the books only and touches nothing. Exit code 0,
    whatever the state.

    \b
    retailsync status
    retailsync status main --date 2026-11-21
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.deployment import one_site, sites
    from retailsync_assets.report import report
    from retailsync_assets.workplace import workplace

    home = Home()
    nights = [
        report(place.site, place.ledger.standing(date_of(on, place)), place.now())
        for place in (workplace(each, home) for each in ([one_site(home, site)] if site else sites(home).values()))
    ]
    if as_json:
        documents = [night.document() for night in nights]
        terminal.print_json(documents[0] if site else documents)
    elif site:
        terminal.print_report(Console(), nights[0])
    else:
        terminal.print_overview(Console(width=None if sys.stdout.isatty() else 160, highlight=False), nights)


@click.command()
@for_site
@for_date
@click.option(
    "--csv",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    callback=in_a_folder_that_is_there,
    help="Write every key to this file.",
)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="Products and keys to show.")
@as_json
def plan(site: str, on: date | None, file: Path | None, top: int, as_json: bool) -> None:
    """Tell what the night of SITE would change in HotWax.

    By store and product, the keys that change most, and what would hold it. Computed from the live inputs, before the
    night has run or after; touches nothing. Exit code 0: here it is, also where a breaker
    would hold it; 3: no raw file yet; 4: the raw file is quarantined or refused, and why.

    \b
    retailsync plan main --csv tonight.csv
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.clock import Clock
    from retailsync_assets.night import business_date
    from retailsync_assets.plan import plan as planned_for
    from retailsync_assets.plan import write_csv
    from retailsync_assets.plan_tables import print_plan

    clock = Clock()
    narration = Console(stderr=True, highlight=False)
    with outside(site) as (settings, home), terminal.transfers(narration):
        planned = planned_for(settings, home, on or business_date(clock.now(), settings), clock)
    if file is not None:
        write_csv(planned, file)
    if as_json:
        terminal.print_json(planned.document(top))
    else:
        console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
        print_plan(console, planned, top)


@click.command()
@for_site
@for_date
@click.option("--reason", required=True, callback=not_blank, help="Why the night may go on; kept with who and when.")
@as_json
def approve(site: str, on: date | None, reason: str, as_json: bool) -> None:
    """Release the held night of SITE.

    It releases all that holds it and starts nothing: the next tick does, or retailsync run SITE. After the cut-off name
    the night, --date. Exit code 0: released; 1: nothing was held.

    \b
    retailsync approve main --reason "a new season, 20 keys checked"
    """
    from retailsync_assets import terminal
    from retailsync_assets.deployment import one_site
    from retailsync_assets.ledger import actor
    from retailsync_assets.silence import mending
    from retailsync_assets.workplace import workplace

    place = workplace(one_site(Home(), site), Home())
    night = date_of(on, place)
    released = place.ledger.approve(night, actor(), reason, place.now())
    if as_json:
        holds = [{"cause": hold.cause, "subject": hold.subject, "reason": hold.reason} for hold in released]
        terminal.print_json({"site": site, "business_date": night, "released": holds})
    for hold in released if not as_json else []:
        click.echo(f"released: {hold.reason}")
    if not released and not as_json:
        before = night - timedelta(days=1)
        also = mending(site, before, "held: ") if place.ledger.standing(before).open_holds else None
        more = also or f"retailsync status {site} --date {night}"
        click.echo(f"retailsync: nothing is held in the night of {night}; {more}", err=True)
    sys.exit(0 if released else 1)
