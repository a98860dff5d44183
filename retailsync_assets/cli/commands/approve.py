"""`retailsync approve` approves a nightly run that is on hold."""

from datetime import date, timedelta

import click

from retailsync_assets.cli.options import (
    as_json,
    date_of,
    for_date,
    for_deployment,
    for_site,
    not_blank,
    site_named,
)


@click.command()
@for_site
@for_date
@click.option("--reason", required=True, callback=not_blank, help="Why the run may continue; kept in the audit log.")
@click.option("--by", "who", callback=not_blank, help="Who approves (default: SUDO_USER, or your user name).")
@as_json
@for_deployment
def approve(site: str | None, on: date | None, reason: str, who: str | None, as_json: bool) -> None:
    """Approve the nightly run of SITE that is on hold.

    Approves every open hold of the business date, and records who approved which figures, when and why. It starts
    nothing: the next schedule tick continues the run, or retailsync run SITE. After the cut-off, pass --date.

    Exit code 0: approved; 1: nothing was on hold.

    \b
    retailsync approve main --reason "a new season, 20 SKU-locations checked"
    """
    from retailsync_assets.cli.ending import Ending
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.errors import Remedy
    from retailsync_assets.ledger.journal import approver
    from retailsync_assets.resources.site import site_resources
    from retailsync_assets.workflow.remedies import command

    resources = site_resources(*site_named(site))
    name = resources.site.name
    night = date_of(on, resources)
    by = approver(who)
    released = resources.ledger.approve(night, by, reason, resources.now())
    holds = [{"cause": hold.cause, "subject": hold.subject, "reason": hold.reason} for hold in released]
    document = {"site": name, "business_date": night, "released": holds, "approved_by": by}
    if not released:
        before = night - timedelta(days=1)
        also = command(name, before, Remedy.APPROVE) if resources.ledger.night_state(before).open_holds else None
        more = also or command(name, night, Remedy.STATUS)
        raise Ending(1, "failed", f"nothing is on hold for {night}", more, besides=document)
    if as_json:
        print_json(document)
    for hold in released if not as_json else []:
        click.echo(f"approved: {hold.reason}")
