"""`retailsync status` shows the nightly run of one site or of every site."""

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
    """Show the nightly run of SITE, stage by stage; without SITE, one row for each site.

    Reads the ledger only and changes nothing. The exit code is 0 whatever the state.

    \b
    retailsync status
    retailsync status main --date 2026-11-21
    """
    from retailsync_assets.cli.output.console import print_json, print_overview, print_report
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.orchestration.deployment import deployed_sites, site_named
    from retailsync_assets.resources.site import site_resources
    from retailsync_assets.workflow.status import night_status

    home = Home()
    nights = [
        night_status(resources.site, resources.ledger.night_state(date_of(on, resources)), resources.now())
        for resources in (
            site_resources(each, home) for each in ([site_named(home, site)] if site else deployed_sites(home).values())
        )
    ]
    if as_json:
        documents = [night.document() for night in nights]
        print_json(documents[0] if site else documents)
    elif site:
        print_report(terminal(), nights[0])
    else:
        print_overview(terminal(), nights)
