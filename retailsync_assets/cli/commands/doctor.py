"""`retailsync doctor` checks every connection, key and folder of a site."""

import sys

import click

from retailsync_assets.cli.options import as_json, for_deployment, for_site, open_site


@click.command()
@for_site
@click.option("-v", "--verbose", is_flag=True, help="Print each check that passed, too.")
@as_json
@for_deployment
def doctor(site: str | None, verbose: bool, as_json: bool) -> None:
    """Check every connection, key, folder and permission of SITE.

    Prints one line for each system, with its failures and warnings and their next steps. The command starts no run and
    leaves nothing on a server.

    Exit code 0: all checks passed, or passed with warnings; 1: a check failed.

    \b
    retailsync doctor main
    """
    from itertools import groupby

    from retailsync_assets.cli.doctor.examination import document, examine
    from retailsync_assets.cli.doctor.finding import Finding, worst
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.cli.output.findings import count_findings, print_system
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.config.home import Home
    from retailsync_assets.resources.clock import Clock

    console, findings = terminal(), list[Finding]()
    with open_site(site, looking=True) as (settings, _):
        for system, checks in groupby(examine(settings, Home(), Clock().now()), lambda finding: finding.system):
            found = list(checks)
            findings += found
            if not as_json:
                print_system(console, system, found, verbose=verbose)
    if as_json:
        print_json(document(settings, findings, worst(findings)))
    else:
        console.print(count_findings(findings))
    sys.exit(1 if worst(findings) == "fail" else 0)
