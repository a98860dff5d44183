"""`retailsync dev` runs Dagster's UI and daemon over the sandbox."""

import click

from retailsync_assets.cli.options import for_deployment, on_port
from retailsync_assets.config.home import Home


@click.command()
@on_port
@click.option(
    "--lines", type=click.IntRange(min=2500), help="Rows in the raw file of a new sandbox (default: 5,200,000)."
)
@for_deployment
def dev(port: int, lines: int | None) -> None:
    """Run the sandbox with the Dagster UI and daemon until Ctrl-C; for your own sites, see retailsync serve.

    The Dagster UI has no login and listens on 127.0.0.1 only. Nightly reports are served on the next port.

    Exit code 1: it could not start, or one of its programs stopped; 2: RETAILSYNC_SITES is set.

    \b
    retailsync dev --port 3001
    """
    from retailsync_assets.cli.dagster_server import serve_sandbox

    serve_sandbox(Home(), port, lines)
