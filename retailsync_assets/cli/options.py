"""Arguments and options that several commands share, and the one line that a command ends with when it fails."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retailsync_assets.config.home import Home

if TYPE_CHECKING:
    from retailsync_assets.config.loader import Site
    from retailsync_assets.errors import RetailSyncError
    from retailsync_assets.resources.site import SiteResources


class BusinessDate(click.ParamType[date]):
    """A business date, written yyyy-MM-dd."""

    name = "yyyy-MM-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            found = date.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.isoformat() != str(value):
            self.fail(f"expected a date such as 2026-11-21, got {str(value)!r}", param, ctx)
        return found


def in_a_folder_that_is_there(_: click.Context, __: click.Parameter, file: Path | None) -> Path | None:
    """Checked before the work starts, so that no result is lost at the end."""
    if file is not None and not file.exists() and not (file.parent.is_dir() and os.access(file.parent, os.W_OK)):
        raise click.BadParameter(f"{file.parent} does not exist or is not writable; choose another file")
    return file


def not_blank(_: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """The reason is kept in the audit log, so it has to say something; so has the name of who approves."""
    if text is not None and not text.strip():
        such = '"20 SKU-locations checked against Retail Pro"' if option.name == "reason" else "Ada"
        raise click.BadParameter(f"expected a {'reason' if option.name == 'reason' else 'name'}, such as {such}")
    return text


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
SITE = "retailsync_assets.site"


def _remembered(ctx: click.Context, _: click.Parameter, site: str | None) -> str | None:
    """The error line of the command names its site."""
    ctx.meta[SITE] = site
    return site


def _offered(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    from retailsync_assets.orchestration.deployment import complete_site_names

    return [site for site in complete_site_names(Home()) if site.startswith(begun)]


for_date = click.option("--date", "on", type=BusinessDate(), help="Business date (default: the current one).")
for_site = click.argument("site", callback=_remembered, shell_complete=_offered)
for_site_or_all = click.argument("site", required=False, callback=_remembered, shell_complete=_offered)


class OneLineErrors(click.Group):
    """A group whose commands print every failure as one line; invalid input ends with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        from retailsync_assets.errors import ConfigError, RetailSyncError

        try:
            return super().invoke(ctx)
        except ConfigError as refused:
            click.echo(f"retailsync: {refused}", err=True)
            ctx.exit(2)
        except RetailSyncError as outcome:
            from retailsync_assets.workflow.status import EXIT_CODE

            click.echo(_last_line(outcome), err=True)
            ctx.exit(EXIT_CODE[outcome.kind.state])


def _last_line(outcome: "RetailSyncError") -> str:
    """What stopped a command; if an external system did, with the command that names the fix."""
    from retailsync_assets.errors import Remedy

    site = click.get_current_context().meta.get(SITE) or "SITE"
    more = f"; next: retailsync doctor {site}" if outcome.remedy is Remedy.DOCTOR else ""
    return f"retailsync: {outcome}{more}"


@contextmanager
def open_site(name: str) -> "Generator[tuple[Site, Home]]":
    """A site and its home; the sandbox of the packaged demo runs for as long as the command needs it."""
    from retailsync_assets.orchestration.deployment import sandbox_folder, site_named

    home = Home()
    folder = sandbox_folder(home)
    site = site_named(home, name)
    if folder is None:
        yield site, home
        return
    from retailsync_assets.errors import Unreachable
    from retailsync_assets.sandbox.process import SandboxDidNotStart, running_sandbox

    try:
        with running_sandbox(folder):
            yield site, home
    except SandboxDidNotStart as failure:
        raise Unreachable(str(failure)) from failure


@contextmanager
def site_resources_of(name: str) -> "Generator[SiteResources]":
    """The resources of a site, with its external systems."""
    from retailsync_assets.resources.site import site_resources

    with open_site(name) as (site, home):
        yield site_resources(site, home)


def date_of(on: date | None, resources: "SiteResources") -> date:
    """The business date that was given, or the current one."""
    from retailsync_assets.workflow.calendar import business_date

    return on or business_date(resources.now(), resources.site)
