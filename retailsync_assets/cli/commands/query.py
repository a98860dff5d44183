"""`retailsync query` runs SQL over the lake."""

import re
import sys

import click

from retailsync_assets.cli.options import as_json, for_site
from retailsync_assets.config.home import Home

WITH_A_LISTING = ("Catalog Error", "Parser Error", "Binder Error")
"""The errors that DuckDB raises for a name or keyword that it does not know."""


@click.command()
@for_site
@click.argument("sql")
@as_json
def query(site: str, sql: str, as_json: bool) -> None:
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
    from retailsync_assets.orchestration.deployment import site_named
    from retailsync_assets.resources.lake import Lake
    from retailsync_assets.resources.site import site_resources

    resources = site_resources(site_named(Home(), site), Home())
    try:
        lake = Lake(resources.home, site)
        columns, rows = run_query(lake, resources.site.retail_pro, resources.ledger.accepted(), sql)
    except duckdb.Error as refused:
        click.echo(f"retailsync: {_refusal(str(refused), site, sql)}", err=True)
        sys.exit(1)
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(terminal(), "", columns, rows)


def _refusal(said: str, site: str, sql: str) -> str:
    """DuckDB's first line, the names it proposes, and the query that lists the tables or columns."""
    first, *rest = [line for line in said.splitlines() if line]
    meant = [line for line in rest if line.startswith(("Did you mean", "Candidate bindings"))]
    listing = f'retailsync query {site} "{_listing(first, sql)}"'
    return "; ".join([first, *meant, *([listing] if first.startswith(WITH_A_LISTING) else [])])


def _listing(refused: str, sql: str) -> str:
    """For an unknown column, the columns of the first table that the query names; otherwise all tables."""
    from retailsync_assets.resources.tables import TABLES

    named = [word for word in re.findall(r"\w+", sql.lower()) if word in TABLES]
    return f"DESCRIBE {named[0]}" if named and refused.startswith("Binder Error") else "SHOW TABLES"
