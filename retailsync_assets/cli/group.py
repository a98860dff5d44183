"""The group of all commands: each failure is told on standard error, and with --json as one document besides."""

import sys
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
            if isinstance(failed, OSError) and not _can_print():
                raise
            ending = ending_of(failed, ctx.meta)
            click.echo(f"retailsync: {ending.shown}", err=True)
            _print_json(ending, ctx.meta[JSON])
            ctx.exit(ending.code)


def _print_json(ending: Ending, asked_for: bool) -> None:
    if asked_for:
        from retailsync_assets.cli.output.console import print_json

        print_json(ending.document())


def _can_print() -> bool:
    """Does what was printed so far go where it should? Otherwise that is what failed, and more would fail alike."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        return False
    return True
