"""`retailsync demo` runs one nightly sync in the sandbox."""

import sys

import click

from retailsync_assets.cli.options import for_deployment
from retailsync_assets.config.home import Home


@click.command()
@click.option(
    "--lines", type=click.IntRange(min=2500), help="Rows in the raw file of a new sandbox (default: 5,200,000)."
)
@for_deployment
def demo(lines: int | None) -> None:
    """Run one nightly sync in a sandbox with its own Retail Pro, SFTP server and HotWax.

    Prints each stage, both files, and HotWax's on-hand quantities after each file. The exit codes are those of
    retailsync run.

    \b
    retailsync demo
    retailsync demo --lines 50000
    """
    from retailsync_assets.cli.demo_night import play

    sys.exit(play(Home(), lines))
