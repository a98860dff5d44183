"""`retailsync`: every command works on the same state, and the same Dagster instance, as the UI."""

import os

import click

from retailsync_assets.cli.commands import approve, demo, dev, doctor, explain, plan, query, run, status
from retailsync_assets.cli.options import OneLineErrors


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="retailsync")
def main() -> None:
    """Sync store inventory from Retail Pro to HotWax Commerce every night.

    RETAILSYNC_SITES names the configuration file; without it, the packaged demo site is used. State is kept in
    RETAILSYNC_HOME (default: .retailsync in the working directory).

    \b
    At any time:             retailsync status
    A run is on hold:        retailsync plan SITE, then retailsync approve SITE --reason TEXT
    A run failed:            retailsync doctor SITE, then retailsync run SITE
    A quantity looks wrong:  retailsync explain SITE --upc U --store S
    """
    os.umask(0o077)


for command in (
    demo.demo,
    dev.dev,
    run.run,
    plan.plan,
    status.status,
    approve.approve,
    explain.explain,
    query.query,
    doctor.doctor,
):
    main.add_command(command)
