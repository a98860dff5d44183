"""`retailsync dev` runs Dagster's UI and daemon."""

import click

from retailsync_assets.config.home import Home


@click.command()
@click.option("--port", type=click.IntRange(1, 65532), default=3000, show_default=True, help="Port of the Dagster UI.")
@click.option(
    "--lines", type=click.IntRange(min=2500), help="Rows in the raw file of a new sandbox (default: 5,200,000)."
)
def dev(port: int, lines: int | None) -> None:
    """Run the Dagster UI and daemon until Ctrl-C.

    Serves your sites if RETAILSYNC_SITES is set; otherwise it starts the sandbox. The Dagster UI has no login and
    listens on 127.0.0.1 only. Nightly reports are served on the next port.

    \b
    retailsync dev --port 3001
    """
    from retailsync_assets.cli.dev_server import serve

    serve(Home(), port, lines)
