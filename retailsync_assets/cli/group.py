"""The group of all commands: each failure is told on standard error, and with --json as one document besides."""

from typing import Any

import click

from retailsync_assets.cli.ending import Ending, ending_of
from retailsync_assets.errors import ConfigError, RetailSyncError

JSON = "retailsync_assets.json"
"""Where click's context keeps whether --json stands in the command line, also one that click can't read."""


class OneLineErrors(click.Group):
    """A group whose commands print every failure as one line; invalid input ends with exit code 2."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        as_json = "--json" in args
        try:
            ctx = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as refused:
            _print_json(ending_of(refused, {}), as_json)
            raise
        ctx.meta[JSON] = as_json
        return ctx

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as refused:
            _print_json(ending_of(refused, ctx.meta), ctx.meta[JSON])
            raise
        except (Ending, ConfigError, RetailSyncError, OSError) as failed:
            if isinstance(failed, OSError) and failed.filename is None:
                raise  # what was printed does not go where it should: another line would not, either
            ending = ending_of(failed, ctx.meta)
            click.echo(f"retailsync: {ending.shown}", err=True)
            _print_json(ending, ctx.meta[JSON])
            ctx.exit(ending.code)


def _print_json(ending: Ending, asked_for: bool) -> None:
    if asked_for:
        from retailsync_assets.cli.output.console import print_json

        print_json(ending.document())
