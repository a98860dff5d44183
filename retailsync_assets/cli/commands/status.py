"""`retailsync status` shows the nightly run of one site or of every site."""

from datetime import date
from typing import TYPE_CHECKING

import click

from retailsync_assets.cli.options import (
    as_json,
    closed_site,
    date_of,
    for_date,
    for_deployment,
    for_site,
    sites_to_look_at,
)
from retailsync_assets.config.home import Home

if TYPE_CHECKING:
    from retailsync_assets.resources.site import SiteResources


@click.command()
@for_site
@for_date
@click.option("--last", type=click.IntRange(1, 1000), help="The last so many business dates of SITE, one row each.")
@as_json
@for_deployment
def status(site: str | None, on: date | None, last: int | None, as_json: bool) -> None:
    """Show the nightly run of SITE, stage by stage; without SITE, one row for each site.

    Times are the site's local time. Reads the ledger only and changes nothing. The exit code is 0 whatever the state.

    \b
    retailsync status
    retailsync status main --date 2026-11-21
    retailsync status main --last 14
    """
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.cli.output.night import print_night, print_overview
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.orchestration.deployment import sites_file
    from retailsync_assets.resources.site import site_resources
    from retailsync_assets.workflow.status import night_status

    if last is not None:
        with closed_site(site) as (settings, home):
            _print_history(site_resources(settings, home), on, last, as_json)
        return
    with sites_to_look_at(site) as (sites, home):
        nights = [
            night_status(resources.site, resources.ledger.night_state(date_of(on, resources)), resources.now())
            for resources in (site_resources(each, home) for each in sites)
        ]
    if as_json:
        documents = [night.document() for night in nights]
        print_json(documents[0] if site else documents)
    elif site:
        print_night(terminal(), nights[0])
    else:
        print_overview(terminal(), nights, sites_file(), Home().folder)


def _print_history(resources: "SiteResources", on: date | None, count: int, as_json: bool) -> None:
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.cli.output.night import print_history
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.reporting.history import past_nights

    nights = past_nights(resources, date_of(on, resources), count)
    if as_json:
        print_json([night.document() for night in nights])
    else:
        print_history(terminal(), resources.site.name, nights)
