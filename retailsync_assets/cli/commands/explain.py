"""`retailsync explain` accounts for every unit of one product at one store."""

from datetime import date

import click

from retailsync_assets.cli.options import as_json, date_of, for_date, for_deployment, for_site, site_resources_of


@click.command()
@for_site
@click.option("--upc", "--sku", "product", required=True, help="UPC or SKU; leading zeros of a UPC are ignored.")
@click.option("--store", required=True, help="Retail Pro store code, HotWax facility ID or facility name.")
@for_date
@as_json
@for_deployment
def explain(site: str | None, product: str, store: str, on: date | None, as_json: bool) -> None:
    """Explain the quantity of one product at one store.

    Shows Retail Pro's on-hand quantity, the deducted lines with their orders, the target,
    and HotWax's on-hand quantity.

    Exit code 1: neither HotWax nor Retail Pro's file knows the product or the store.

    \b
    retailsync explain main --upc 611000200071 --store NYC01
    """
    from retailsync_assets.cli.explanation import explain as explained
    from retailsync_assets.cli.output.console import print_json
    from retailsync_assets.cli.output.explanation_table import print_explanation
    from retailsync_assets.cli.output.terminal import terminal

    with site_resources_of(site, looking=True) as resources:
        found = explained(resources, date_of(on, resources), product, store)
    if as_json:
        print_json(found.document())
    else:
        print_explanation(terminal(), found)
