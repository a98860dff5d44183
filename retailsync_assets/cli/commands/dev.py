"""`retailsync dev` runs Dagster's UI and daemon."""

import click

from retailsync_assets.config.home import Home


@click.command()
@click.option("--port", type=click.IntRange(1, 65532), default=3000, show_default=True, help="Of the web page.")
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def dev(port: int, lines: int | None) -> None:
    """Run Dagster's page and its daemon until Ctrl-C.

    Over your sites where RETAILSYNC_SITES is set, else with the embedded world. The page has no login and listens on
    127.0.0.1 only; the night reports are on the next port.

    \b
    retailsync dev --port 3001
    """
    from retailsync_assets.cli.dev_server import serve

    serve(Home(), port, lines)
