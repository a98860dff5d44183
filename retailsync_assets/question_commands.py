"""The commands that answer a question: what is in the lake, how a number came to be, what is set up wrong."""

import re
import sys
from datetime import date

import click

from retailsync_assets.commands import as_json, date_of, for_date, for_site, in_one_line, outside, workplace_of
from retailsync_assets.home import Home

WITH_A_LISTING = ("Catalog Error", "Parser Error", "Binder Error")
"""What DuckDB says of a name or a word that it does not know."""


@click.command()
@for_site
@click.argument("sql")
@as_json
def query(site: str, sql: str, as_json: bool) -> None:
    """Ask the tables of SITE in DuckDB's SQL.

    Each has every date, in the column business_date. It reads only. Exit code 1: DuckDB refuses the query.

    \b
    retailsync query main "SHOW TABLES"
    retailsync query main "FROM applied_inventory WHERE drift <> 0"
    """
    import duckdb
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.asking import ask
    from retailsync_assets.deployment import one_site
    from retailsync_assets.printed_table import print_table
    from retailsync_assets.resources.lake import Lake
    from retailsync_assets.workplace import workplace

    place = workplace(one_site(Home(), site), Home())
    try:
        lake = Lake(place.home, site)
        columns, rows = ask(lake, place.site.retail_pro, place.ledger.accepted(), sql)
    except duckdb.Error as refused:
        click.echo(f"retailsync: {_refusal(str(refused), site, sql)}", err=True)
        sys.exit(1)
    if as_json:
        terminal.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(Console(), "", columns, rows)


def _refusal(said: str, site: str, sql: str) -> str:
    """DuckDB's first line, the names it proposes, and the query that lists the tables, or the columns, there are."""
    first, *rest = [line for line in said.splitlines() if line]
    meant = [line for line in rest if line.startswith(("Did you mean", "Candidate bindings"))]
    listing = f'retailsync query {site} "{_listing(first, sql)}"'
    return "; ".join([first, *meant, *([listing] if first.startswith(WITH_A_LISTING) else [])])


def _listing(refused: str, sql: str) -> str:
    """Of a column that there is not, its table's columns: of the first table that the query names."""
    from retailsync_assets.tables import TABLES

    named = [word for word in re.findall(r"\w+", sql.lower()) if word in TABLES]
    return f"DESCRIBE {named[0]}" if named and refused.startswith("Binder Error") else "SHOW TABLES"


@click.command()
@for_site
@click.option("--upc", required=True, help="As you have it; leading zeros don't matter.")
@click.option("--store", required=True, help="Retail Pro's store code, or HotWax's facility id.")
@for_date
@as_json
def explain(site: str, upc: str, store: str, on: date | None, as_json: bool) -> None:
    """Tell every unit of one product at one store.

    What Retail Pro counted, the deducted lines with their orders, the target, and HotWax's stock.

    \b
    retailsync explain main --upc 611000200071 --store NYC01
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.explaining import explain as explained

    with workplace_of(site) as place, in_one_line():
        found = explained(place, date_of(on, place), upc, store)
    if as_json:
        terminal.print_json(found.document())
    else:
        terminal.print_explanation(Console(width=None if sys.stdout.isatty() else 160, highlight=False), found)


@click.command()
@for_site
@as_json
def doctor(site: str, as_json: bool) -> None:
    """Try every connection, key and folder of SITE.

    Each failure ends with what to mend.

    It begins no night, and leaves nothing on a server. Exit code 0: all well, or warnings; 1: something failed.

    \b
    retailsync doctor main
    """
    from rich.console import Console

    from retailsync_assets import terminal
    from retailsync_assets.clock import Clock
    from retailsync_assets.doctor import document, examine
    from retailsync_assets.finding import Finding, worst

    console, findings = Console(highlight=False), list[Finding]()
    with outside(site) as (settings, home):
        for finding in examine(settings, home, Clock().now()):
            findings.append(finding)
            if not as_json:
                terminal.print_finding(console, finding)
    if as_json:
        terminal.print_json(document(settings, findings, worst(findings)))
    else:
        terminal.print_findings_counted(console, findings)
    sys.exit(1 if worst(findings) == "fail" else 0)
