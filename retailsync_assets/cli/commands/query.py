"""`retailsync query` runs SQL over the lake."""

import re

import click

from retailsync_assets.cli.ending import SITE, Ending
from retailsync_assets.cli.options import as_json, closed_site, for_deployment, for_site

WITH_A_LISTING = ("Catalog Error", "Parser Error", "Binder Error")
"""The errors that DuckDB raises for a name or keyword that it does not know."""


@click.command()
@for_site
@click.argument("sql", required=False)
@as_json
@for_deployment
def query(site: str | None, sql: str | None, as_json: bool) -> None:
    """Run a read-only DuckDB query over the tables of SITE.

    Each table holds every business date, in the column business_date.

    Exit code 1: DuckDB rejected the query.

    \b
    retailsync query main "SHOW TABLES"
    retailsync query main "FROM applied_inventory WHERE drift <> 0"
    """
    import duckdb

    from retailsync_assets.cli.lake_query import run_query
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.cli.output.table import print_table
    from retailsync_assets.cli.output.terminal import terminal
    from retailsync_assets.resources.lake import Lake
    from retailsync_assets.resources.site import site_resources

    named, asked = (site, sql) if sql is not None else (None, site)
    if asked is None or (sql is None and " " not in asked.strip()):
        raise click.UsageError("Missing argument 'SQL'.", click.get_current_context())
    click.get_current_context().meta[SITE] = named
    with closed_site(named) as (settings, home):
        resources = site_resources(settings, home)
        try:
            lake = Lake(resources.home, settings.name)
            columns, rows = run_query(lake, settings.retail_pro, resources.ledger.accepted(), asked)
        except duckdb.Error as refused:
            raise _refusal(str(refused), settings.name, asked) from refused
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(terminal(), "", columns, rows)


def _refusal(said: str, site: str, sql: str) -> Ending:
    """What DuckDB says, with the mark below the place, and the query that lists the tables or columns."""
    lines = [line for line in said.splitlines() if line]
    sentences = [line.strip() for line in lines if not line.startswith(("LINE ", " "))]
    listing = f'retailsync query {site} "{_listing(lines[0], sql)}"' if lines[0].startswith(WITH_A_LISTING) else None
    shown = "\n".join([*lines, *([f"next: {listing}"] if listing else [])])
    return Ending(1, "failed", " ".join(sentences), listing, shown)


def _listing(refused: str, sql: str) -> str:
    """For an unknown column, the columns of the first table that the query names; otherwise all tables."""
    from retailsync_assets.resources.tables import TABLES

    named = [word for word in re.findall(r"\w+", sql.lower()) if word in TABLES]
    return f"DESCRIBE {named[0]}" if named and refused.startswith("Binder Error") else "SHOW TABLES"
