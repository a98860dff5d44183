"""How a command ends that has nothing to show: its exit code, what is told on standard error, and its JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from retailsync_assets.errors import ConfigError, Remedy, RetailSyncError

SITE, DATE = "retailsync_assets.site", "retailsync_assets.date"
"""Where click's context keeps the site and the business date that a command was asked for."""


class Ending(Exception):
    """`state` is waiting, held, failed or usage; `error` is one line, `next_step` a command or None.

    `shown` is what a terminal gets instead of the two, perhaps several lines; `besides` are further keys of the JSON.
    """

    def __init__(
        self,
        code: int,
        state: str,
        error: str,
        next_step: str | None = None,
        shown: str | None = None,
        besides: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(error)
        self.code, self.state, self.error, self.next_step = code, state, error, next_step
        self.shown = shown or (f"{error}; next: {next_step}" if next_step else error)
        self.besides = besides or {}

    def document(self) -> dict[str, Any]:
        """The JSON of the contract for an end without a document of its own."""
        return {**self.besides, "state": self.state, "error": self.error, "next_step": self.next_step}


def ending_of(failed: Exception, asked: Mapping[str, Any]) -> Ending:
    """The ending that an error stands for; `asked` is the `meta` of click's context."""
    match failed:
        case Ending():
            return failed
        case click.UsageError():
            help_of = f"{failed.ctx.command_path} --help" if failed.ctx else None
            return Ending(2, "usage", " ".join(failed.format_message().split()), help_of)
        case ConfigError():
            lines = str(failed).splitlines()
            return Ending(2, "usage", "; ".join(lines), failed.next_step, "\nretailsync: ".join(lines))
        case RetailSyncError():
            return _of_outcome(failed, asked)
        case OSError():
            place = f"{failed.filename}: " if failed.filename else ""
            return Ending(1, "failed", f"{place}{failed.strerror or failed}")
        case _:
            raise failed


def _of_outcome(outcome: RetailSyncError, asked: Mapping[str, Any]) -> Ending:
    from retailsync_assets.workflow.remedies import command
    from retailsync_assets.workflow.status import EXIT_CODE

    site, on = asked.get(SITE) or "SITE", asked.get(DATE)
    step = command(site, on if isinstance(on, date) else None, outcome.remedy) if outcome.remedy else None
    once = f"{outcome}; once that is fixed: {step}" if outcome.remedy is Remedy.FIX_THEN_RUN else None
    return Ending(EXIT_CODE[outcome.kind.state], outcome.kind.state, str(outcome), step, once)
