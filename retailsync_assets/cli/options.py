"""Arguments and options that several commands share."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from time import strptime
from typing import TYPE_CHECKING, Any

import click

from retailsync_assets.cli.ending import DATE, SITE
from retailsync_assets.config.home import Home

if TYPE_CHECKING:
    from retailsync_assets.config.loader import Site
    from retailsync_assets.resources.site import SiteResources


LAYOUTS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y")
"""How people write a date; in any other way, day and month might be confused."""


class BusinessDate(click.ParamType[date]):
    """A business date, written yyyy-MM-dd."""

    name = "yyyy-MM-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        meant = next((found for layout in LAYOUTS if (found := _read(str(value), layout))), None)
        if meant is None or meant.isoformat() != str(value):
            hint = f"; did you mean {meant}?" if meant else ""
            self.fail(f"expected a date such as 2026-11-21, got {str(value)!r}{hint}", param, ctx)
        return meant


def _read(text: str, layout: str) -> date | None:
    try:
        return date(*strptime(text, layout)[:3])
    except ValueError:
        return None


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


on_port = click.option(
    "--port", type=click.IntRange(1, 65532), default=3000, show_default=True, help="Port of the Dagster UI."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")


def _remembered(ctx: click.Context, _: click.Parameter, site: str | None) -> str | None:
    """The error line of the command names its site."""
    ctx.meta[SITE] = site
    return site


def _remembered_date(ctx: click.Context, _: click.Parameter, on: date | None) -> date | None:
    """The next step that a failed command names is for the same date."""
    ctx.meta[DATE] = on
    return on


def _offered(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    from retailsync_assets.orchestration.deployment import complete_site_names

    return [site for site in complete_site_names(Home()) if site.startswith(begun)]


for_date = click.option(
    "--date", "on", type=BusinessDate(), callback=_remembered_date, help="Business date (default: the current one)."
)
for_site = click.argument("site", required=False, callback=_remembered, shell_complete=_offered)


def _named_by(variable: str) -> Callable[[click.Context, click.Parameter, Path | None], None]:
    """An option that says what an environment variable says, also to the programs that the command starts."""

    def name(_: click.Context, __: click.Parameter, path: Path | None) -> None:
        if path is not None:
            os.environ[variable] = str(path)

    return name


def for_deployment(command: Callable[..., None]) -> Callable[..., None]:
    """`--config` and `--home`, which every command takes; they win over the variables."""
    config = click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=_named_by("RETAILSYNC_SITES"),
        expose_value=False,
        help="The sites.toml to use (default: RETAILSYNC_SITES).",
    )
    home = click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_named_by("RETAILSYNC_HOME"),
        expose_value=False,
        help="Folder of all state (default: RETAILSYNC_HOME, or .retailsync beside sites.toml).",
    )
    return config(home(command))


@contextmanager
def open_site(name: str | None, *, looking: bool = False) -> "Generator[tuple[Site, Home]]":
    """A site and its home; the sandbox of the packaged demo runs for as long as the command needs it.

    `looking`: where nothing has run yet, the home is an empty one that is gone after the block.
    """
    from retailsync_assets.orchestration.deployment import sandbox_folder

    with closed_site(name) if looking else nullcontext(site_named(name)) as (site, home):
        folder = sandbox_folder(home)
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
def closed_site(name: str | None) -> "Generator[tuple[Site, Home]]":
    """A site and its home for a command that creates nothing and asks nobody outside."""
    from retailsync_assets.orchestration.deployment import state_to_look_at

    with state_to_look_at(Home()) as home:
        yield _site(home, name), home


@contextmanager
def sites_to_look_at(name: str | None) -> "Generator[tuple[list[Site], Home]]":
    """The site of that name, or all that are configured, and their home, for a command that creates nothing."""
    from retailsync_assets.orchestration.deployment import configured_sites, state_to_look_at

    with state_to_look_at(Home()) as home:
        sites = [_site(home, name)] if name else list(configured_sites().values())
        click.get_current_context().meta[SITE] = sites[0].name  # they share a ledger: the doctor of any finds it away
        yield sites, home


def site_named(name: str | None) -> "tuple[Site, Home]":
    """The site of that name, or the only one, and its home."""
    return _site(Home(), name), Home()


def _site(home: Home, name: str | None) -> "Site":
    """The error line of the command names it from now on."""
    from retailsync_assets.orchestration import deployment

    site = deployment.site_named(home, name)
    click.get_current_context().meta[SITE] = site.name
    return site


@contextmanager
def site_resources_of(name: str | None, *, looking: bool = False) -> "Generator[SiteResources]":
    """The resources of a site, with its external systems."""
    from retailsync_assets.resources.site import site_resources

    with open_site(name, looking=looking) as (site, home):
        yield site_resources(site, home)


def date_of(on: date | None, resources: "SiteResources") -> date:
    """The business date that was given, or the current one."""
    from retailsync_assets.workflow.calendar import business_date

    return on or business_date(resources.now(), resources.site)
