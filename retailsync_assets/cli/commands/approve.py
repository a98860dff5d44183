"""`retailsync approve` releases a nightly run that is on hold."""

import sys
from datetime import date, timedelta

import click

from retailsync_assets.cli.options import (
    as_json,
    date_of,
    for_date,
    for_site,
    not_blank,
)
from retailsync_assets.config.home import Home


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
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.errors import Remedy
    from retailsync_assets.ledger.ledger import actor
    from retailsync_assets.orchestration.deployment import site_named
    from retailsync_assets.resources.site import site_resources
    from retailsync_assets.workflow.remedies import command

    resources = site_resources(site_named(Home(), site), Home())
    night = date_of(on, resources)
    released = resources.ledger.approve(night, actor(), reason, resources.now())
    if as_json:
        holds = [{"cause": hold.cause, "subject": hold.subject, "reason": hold.reason} for hold in released]
        print_json({"site": site, "business_date": night, "released": holds})
    for hold in released if not as_json else []:
        click.echo(f"released: {hold.reason}")
    if not released and not as_json:
        before = night - timedelta(days=1)
        also = command(site, before, Remedy.APPROVE) if resources.ledger.night_state(before).open_holds else None
        more = also or f"retailsync status {site} --date {night}"
        click.echo(f"retailsync: nothing is held in the night of {night}; {more}", err=True)
    sys.exit(0 if released else 1)
