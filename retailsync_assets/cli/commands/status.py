"""`retailsync status` shows the nightly run of one site or of every site."""

import sys
from datetime import date

import click

from retailsync_assets.cli.options import (
    as_json,
    date_of,
    for_date,
    for_deployment,
    for_site,
    sites_to_look_at,
)


@click.command()
@for_site
@for_date
@as_json
@for_deployment
def status(site: str | None, on: date | None, as_json: bool) -> None:
    """Show the nightly run of SITE, stage by stage; without SITE, one row for each site.

    Reads the ledger only and changes nothing. The exit code is 0 whatever the state.

    \b
    retailsync status
    retailsync status main --date 2026-11-21
    """
    from rich.console import Console

    from retailsync_assets.cli.output.console import print_json, print_overview, print_report
    from retailsync_assets.resources.site import site_resources
    from retailsync_assets.workflow.status import night_status

    with sites_to_look_at(site) as (sites, home):
        nights = [
            night_status(resources.site, resources.ledger.night_state(date_of(on, resources)), resources.now())
            for resources in (site_resources(each, home) for each in sites)
        ]
    if as_json:
        documents = [night.document() for night in nights]
        print_json(documents[0] if site else documents)
    elif site:
        print_report(Console(), nights[0])
    else:
        print_overview(Console(width=None if sys.stdout.isatty() else 160, highlight=False), nights)
