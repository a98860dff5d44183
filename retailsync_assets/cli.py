"""The operator's command. Every command works on the same state, and the same Dagster instance, as the web page."""

import os
import sys

import click

from retailsync_assets import night_commands, question_commands
from retailsync_assets.commands import Commands
from retailsync_assets.home import Home


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="retailsync")
def main() -> None:
    """Nightly stock from Retail Pro to HotWax: filtered, in order, exact to the unit.

    RETAILSYNC_SITES names the configuration; without it the packaged demo site is used. State lives under
    RETAILSYNC_HOME (default .retailsync in the working directory).

    \b
    At any moment:      retailsync status
    A night is held:    retailsync plan SITE, then retailsync approve SITE --reason TEXT
    Something is wrong: retailsync doctor SITE, then retailsync run SITE
    A number is wrong:  retailsync explain SITE --upc U --store S
    """
    os.umask(0o077)


@main.command()
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def demo(lines: int | None) -> None:
    """Play a night on an embedded Retail Pro, SFTP server and HotWax.

    It prints each stage, both files, and HotWax's stock after each of them. Exit codes as of retailsync run.

    \b
    retailsync demo
    retailsync demo --lines 50000
    """
    from retailsync_assets.demo import play

    sys.exit(play(Home(), lines))


@main.command()
@click.option("--port", type=click.IntRange(1, 65532), default=3000, show_default=True, help="Of the web page.")
@click.option("--lines", type=click.IntRange(min=2500), help="Records of a new world's raw file (default 5,200,000).")
def dev(port: int, lines: int | None) -> None:
    """Run Dagster's page and its daemon until Ctrl-C.

    Over your sites where RETAILSYNC_SITES is set, else with the embedded world. The page has no login and listens on
    127.0.0.1 only; the night reports are on the next port.

    \b
    retailsync dev --port 3001
    """
    from retailsync_assets.dev import serve

    serve(Home(), port, lines)


for command in (
    night_commands.run,
    night_commands.plan,
    night_commands.status,
    night_commands.approve,
    question_commands.explain,
    question_commands.query,
    question_commands.doctor,
):
    main.add_command(command)
