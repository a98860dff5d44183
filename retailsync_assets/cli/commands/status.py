"""`retailsync status` says where the nightly run of one site, or of every site, stands."""

import sys
from datetime import date

import click

from retailsync_assets.cli.options import (
    as_json,
    date_of,
    for_date,
    for_site_or_all,
)
from retailsync_assets.config.home import Home


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

    from retailsync_assets.cli.output.console import print_json, print_overview, print_report
    from retailsync_assets.orchestration.deployment import one_site, sites
    from retailsync_assets.resources.site import workplace
    from retailsync_assets.workflow.status import report

    home = Home()
    nights = [
        report(place.site, place.ledger.standing(date_of(on, place)), place.now())
        for place in (workplace(each, home) for each in ([one_site(home, site)] if site else sites(home).values()))
    ]
    if as_json:
        documents = [night.document() for night in nights]
        print_json(documents[0] if site else documents)
    elif site:
        print_report(Console(), nights[0])
    else:
        print_overview(Console(width=None if sys.stdout.isatty() else 160, highlight=False), nights)
