"""`retailsync serve` runs Dagster's UI and daemon over the configured sites."""

import click

from retailsync_assets.cli.options import for_deployment, on_port
from retailsync_assets.config.home import Home


@click.command()
@on_port
@for_deployment
def serve(port: int) -> None:
    """Run the schedules, the sensors and the Dagster UI for your sites, until a signal.

    This is the command for production. The Dagster UI has no login and listens on 127.0.0.1 only; nightly reports are
    served on the next port. Warnings of the log files are printed.

    Exit code 1: it could not start, or one of its programs stopped; 2: sites.toml is missing or invalid.

    \b
    retailsync serve
    retailsync serve --port 3001
    """
    from retailsync_assets.cli.dagster_server import serve_sites

    serve_sites(Home(), port)
