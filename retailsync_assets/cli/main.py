"""`retailsync`: every command works on the same state, and the same Dagster instance, as the UI."""

import os

import click

from retailsync_assets.cli.commands import approve, demo, dev, doctor, explain, plan, query, run, serve, status
from retailsync_assets.cli.group import OneLineErrors


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="retailsync")
def main() -> None:
    """Sync store inventory from Retail Pro to HotWax Commerce every night.

    --config, or RETAILSYNC_SITES, names the configuration file; SITE is optional if there is one site in it. State
    is kept beside that file in .retailsync, unless --home or RETAILSYNC_HOME names another folder.

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
    serve.serve,
    run.run,
    plan.plan,
    status.status,
    approve.approve,
    explain.explain,
    query.query,
    doctor.doctor,
):
    main.add_command(command)
