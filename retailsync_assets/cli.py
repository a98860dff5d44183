"""The operator's command. Every command works on the same state, and the same Dagster instance, as the web page."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from retailsync_assets.home import Home

if TYPE_CHECKING:
    from retailsync_assets.workplace import Workplace

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
for_date = click.option(
    "--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="Business date; the one of this moment if left out."
)
for_site = click.argument("site")


class Commands(click.Group):
    """Commands whose bad input ends in one line and exit code 2, and whatever else stops them in one line, too."""

    def invoke(self, ctx: click.Context) -> Any:
        from retailsync_assets.outcomes import NotNow, state_after
        from retailsync_assets.sites import SitesRefused

        try:
            return super().invoke(ctx)
        except SitesRefused as refused:
            click.echo(f"retailsync: {refused}", err=True)
            ctx.exit(2)
        except NotNow as outcome:
            from retailsync_assets.report import EXIT_CODE

            click.echo(f"retailsync: {outcome}", err=True)
            ctx.exit(EXIT_CODE[state_after(str(outcome))])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="retailsync")
def main() -> None:
    """Nightly stock from Retail Pro to HotWax: filtered, in order, exact to the unit.

    RETAILSYNC_SITES names the configuration; without it the packaged demo site is used. State lives under
    RETAILSYNC_HOME (default .retailsync in the working directory).
    """
    os.umask(0o077)


@contextmanager
def _workplace(name: str) -> "Generator[Workplace]":
    """The workplace of a site; the packaged demo's world runs for as long as the command needs it."""
    from retailsync_assets.deployment import embedded_folder, one_site
    from retailsync_assets.workplace import workplace

    home = Home()
    folder = embedded_folder(home)
    site = one_site(home, name)
    if folder is None:
        yield workplace(site, home)
        return
    from retailsync_assets.outcomes import Unreachable
    from retailsync_assets.sandbox.embedded import WorldDidNotStart, embedded_world

    try:
        with embedded_world(folder):
            yield workplace(site, home)
    except WorldDidNotStart as failure:
        raise Unreachable(str(failure)) from failure


def _date(on: datetime | None, place: "Workplace") -> date:
    from retailsync_assets.night import business_date

    return on.date() if on else business_date(place.now(), place.site)


@main.command()
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def demo(lines: int | None) -> None:
    """Play a night on an embedded Retail Pro, SFTP server and HotWax, and print the seed's tables."""
    from retailsync_assets.demo import play

    sys.exit(play(Home(), lines))


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Of the web page.")
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def dev(port: int, lines: int | None) -> None:
    """Keep the embedded world, Dagster's daemon and its web page running until Ctrl-C."""
    from retailsync_assets.dev import serve

    sys.exit(serve(Home(), port, lines))


@main.command()
@for_site
@for_date
@as_json
def run(site: str, on: datetime | None, as_json: bool) -> None:
    """Take the night of SITE as far as it can go now; again, and it goes on from there.

    Exit code 0: complete; 3: waiting, and for what; 4: held, quarantined or refused, and why; 1: error; 2: usage.
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.ledger import actor
    from retailsync_assets.taking import Step, take

    console = Console(stderr=as_json, highlight=False)

    def hear(step: Step) -> None:
        terminal.stage_line(console, step.asset, step.seconds, step.metadata)

    with _workplace(site) as place, terminal.transfers(console):
        night = take(place, _date(on, place), f"retailsync run by {actor()}", hear)
    if as_json:
        terminal.print_json(night.document())
    else:
        terminal.print_report(console, night)
    sys.exit(night.exit_code)


@main.command()
@for_site
@for_date
@as_json
def status(site: str, on: datetime | None, as_json: bool) -> None:
    """Tell where the night of SITE stands, stage by stage; looks at the books only and touches nothing."""
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.deployment import one_site
    from retailsync_assets.report import report
    from retailsync_assets.workplace import workplace

    place = workplace(one_site(Home(), site), Home())
    night = report(place.site, place.ledger.standing(_date(on, place)), place.now())
    if as_json:
        terminal.print_json(night.document())
    else:
        terminal.print_report(Console(), night)


@main.command()
@for_site
@for_date
@click.option("--reason", required=True, help="Why the night may go on; kept with who and when.")
@as_json
def approve(site: str, on: datetime | None, reason: str, as_json: bool) -> None:
    """Release the held night of SITE. Exit code 0: released; 1: nothing was held."""
    from retailsync_assets import terminal
    from retailsync_assets.deployment import one_site
    from retailsync_assets.ledger import actor
    from retailsync_assets.workplace import workplace

    place = workplace(one_site(Home(), site), Home())
    night = _date(on, place)
    released = place.ledger.approve(night, actor(), reason, place.now())
    if as_json:
        holds = [{"cause": hold.cause, "subject": hold.subject, "reason": hold.reason} for hold in released]
        terminal.print_json({"site": site, "business_date": night, "released": holds})
    for hold in released if not as_json else []:
        click.echo(f"released: {hold.reason}")
    if not released and not as_json:
        click.echo(f"retailsync: nothing is held in the night of {night}", err=True)
    sys.exit(0 if released else 1)


@main.command()
@for_site
@click.argument("sql")
@as_json
def query(site: str, sql: str, as_json: bool) -> None:
    """Ask the lake of SITE in SQL: every table is a view over all dates, with the column business_date."""
    import duckdb
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.asking import ask
    from retailsync_assets.deployment import one_site
    from retailsync_assets.resources.lake import Lake
    from retailsync_assets.workplace import workplace

    place = workplace(one_site(Home(), site), Home())
    try:
        lake = Lake(home=str(place.home.folder), site=site)
        columns, rows = ask(lake, place.site.retail_pro, place.ledger.accepted(), sql)
    except duckdb.Error as refused:
        click.echo(f"retailsync: {str(refused).splitlines()[0]}", err=True)
        sys.exit(1)
    if as_json:
        terminal.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        Console(width=None if sys.stdout.isatty() else 200).print(terminal.table("", columns, rows))


@main.command()
@for_site
@click.option("--upc", required=True, help="As you have it; leading zeros don't matter.")
@click.option("--store", required=True, help="Retail Pro's store code, or HotWax's facility id.")
@for_date
@as_json
def explain(site: str, upc: str, store: str, on: datetime | None, as_json: bool) -> None:
    """Tell every unit of one product at one store: raw, deducted lines with their orders, target, HotWax's stock."""
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.explaining import explain as explained

    with _workplace(site) as place, _in_one_line():
        found = explained(place, _date(on, place), upc, store)
    if as_json:
        terminal.print_json(found.document())
    else:
        terminal.print_explanation(Console(width=None if sys.stdout.isatty() else 160, highlight=False), found)


@contextmanager
def _in_one_line() -> Generator[None]:
    """What a person has to mend ends the command with one line and exit code 1, or 4 where it is refused."""
    from retailsync_assets.outcomes import NotNow, state_after

    try:
        yield
    except NotNow as outcome:
        click.echo(f"retailsync: {outcome}", err=True)
        sys.exit(4 if state_after(str(outcome)) == "held" else 1)
