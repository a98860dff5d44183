"""`retailsync plan` shows what a nightly run would change in HotWax."""

from datetime import date
from pathlib import Path

import click

from retailsync_assets.cli.options import (
    as_json,
    for_date,
    for_deployment,
    for_site,
    in_a_folder_that_is_there,
    open_site,
)


@click.command()
@for_site
@for_date
@click.option(
    "--csv",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    callback=in_a_folder_that_is_there,
    help="Write every SKU-location to this file.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Number of products and SKU-locations to show.",
)
@as_json
@for_deployment
def plan(site: str | None, on: date | None, file: Path | None, top: int, as_json: bool) -> None:
    """Show what the nightly run of SITE would change in HotWax, without changing anything.

    Lists the changes by store and by product, the largest changes, and the circuit breakers that would put the run on
    hold. The plan is computed from the live inputs, before or after the run.

    Exit code 0: the plan was computed, even if a circuit breaker would put the run on hold; 3: there is no raw file
    yet; 4: the raw file is quarantined or refused.

    \b
    retailsync plan main --csv plan.csv
    """
    from retailsync_assets.cli.output.console import print_json, transfers
    from retailsync_assets.cli.output.plan_table import print_plan
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.orchestration.execution.plan import plan as planned_for
    from retailsync_assets.orchestration.execution.plan import write_csv
    from retailsync_assets.resources.clock import Clock
    from retailsync_assets.workflow.calendar import business_date

    clock = Clock()
    narration = terminal(stderr=True)
    with open_site(site, looking=True) as (settings, home), transfers(narration):
        planned = planned_for(settings, home, on or business_date(clock.now(), settings), clock)
    if file is not None:
        write_csv(planned, file)
    if as_json:
        print_json(planned.document(top))
    else:
        print_plan(terminal(), planned, top)
