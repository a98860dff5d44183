"""`retailsync doctor` checks every connection, key and folder of a site."""

import sys

import click

from retailsync_assets.cli.options import as_json, for_deployment, for_site, open_site


@click.command()
@for_site
@as_json
@for_deployment
def doctor(site: str | None, as_json: bool) -> None:
    """Check every connection, key, folder and permission of SITE.

    Each failure ends with the next step. The command starts no run and leaves nothing on a server.

    Exit code 0: all checks passed, or passed with warnings; 1: a check failed.

    \b
    retailsync doctor main
    """
    from rich.console import Console

    from retailsync_assets.cli.doctor.examination import document, examine
    from retailsync_assets.cli.doctor.finding import Finding, worst
    from retailsync_assets.cli.output.console import print_finding, print_findings_counted, print_json
    from retailsync_assets.config.home import Home
    from retailsync_assets.resources.clock import Clock

    console, findings = Console(highlight=False), list[Finding]()
    with open_site(site, looking=True) as (settings, _):
        for finding in examine(settings, Home(), Clock().now()):
            findings.append(finding)
            if not as_json:
                print_finding(console, finding)
    if as_json:
        print_json(document(settings, findings, worst(findings)))
    else:
        print_findings_counted(console, findings)
    sys.exit(1 if worst(findings) == "fail" else 0)
