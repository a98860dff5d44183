"""`retailsync demo` plays a nightly run in the sandbox."""

import sys

import click

from retailsync_assets.config.home import Home


@click.command()
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def demo(lines: int | None) -> None:
    """Play a night on an embedded Retail Pro, SFTP server and HotWax.

    It prints each stage, both files, and HotWax's stock after each of them. Exit codes as of retailsync run.

    \b
    retailsync demo
    retailsync demo --lines 50000
    """
    from retailsync_assets.cli.demo_night import play

    sys.exit(play(Home(), lines))
