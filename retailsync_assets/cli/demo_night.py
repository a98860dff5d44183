"""One nightly sync in the sandbox; it ends with the sample tables as they are in the files and in HotWax."""

import csv
import io
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date

from rich.console import Console

from retailsync_assets.cli.output.console import print_asset_run, transfers
from retailsync_assets.cli.output.night import print_night
from retailsync_assets.cli.output.table import print_table
from retailsync_assets.cli.output.terminal import terminal
from retailsync_assets.config.home import Home
from retailsync_assets.ledger.journal import actor
from retailsync_assets.ledger.models import DeliveryKind
from retailsync_assets.orchestration.deployment import sandbox_folder, site_named
from retailsync_assets.orchestration.execution.job_runner import AssetRun
from retailsync_assets.orchestration.execution.night_runner import run_night
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets.sandbox.process import SandboxDidNotStart, running_sandbox
from retailsync_assets.sandbox.sample.stores_and_products import SEED_SKUS, SEED_STORES, upca
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.status import NightStatus

PATIENCE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.5


def play(home: Home, lines: int | None) -> int:
    """The run from the raw file to the last sample table; answers the exit code of `retailsync run`."""
    console = terminal()
    folder = sandbox_folder(home)
    if folder is None:
        said = "RETAILSYNC_SITES is set; the demo uses the packaged site; next: env -u RETAILSYNC_SITES retailsync demo"
        console.print(f"retailsync: {said}", soft_wrap=True)
        return 2
    console.print("Starting the sandbox: a Retail Pro, an SFTP server and a HotWax …")
    try:
        with running_sandbox(folder, lines):
            return _play(console, site_resources(site_named(home, "demo"), home))
    except SandboxDidNotStart as failure:
        console.print(f"retailsync: {failure}")
        return 1


def _play(console: Console, resources: SiteResources) -> int:
    on = business_date(resources.now(), resources.site)
    console.print(
        f"The nightly run for {on} (a real site waits 60 minutes before the variance, the demo 0):", soft_wrap=True
    )
    after_reset: dict[tuple[str, str], int] = {}

    def hear(step: AssetRun) -> None:
        print_asset_run(console, step)
        if step.asset == "applied_reset":
            after_reset.update(_on_hand(resources))

    night = _until_it_ends(console, resources, on, hear)
    print_night(console, night)
    if night.state == "complete":
        _tables(console, resources, on, after_reset)
        _look_next(console, resources, on)
    return night.exit_code


def _look_next(console: Console, resources: SiteResources, on: date) -> None:
    """Commands that show the result, ready to be typed."""
    site, retailsync = resources.site.name, "retailsync" if shutil.which("retailsync") else sys.argv[0]
    (store, (_, code)), sku = next(iter(SEED_STORES.items())), SEED_SKUS[0]
    console.print("\nNext steps:")
    for what, where in (
        ("the nightly report", resources.home.report(site, on).as_uri()),
        ("the Dagster UI, and the nightly reports", f"{retailsync} dev"),
        (
            f"why {sku} in {store} has this quantity",
            f"{retailsync} explain {site} --upc {upca(sku)} --store {code}",
        ),
        ("any table in SQL", f'{retailsync} query {site} "FROM applied_inventory LIMIT 20"'),
    ):
        console.print(f"  {what:<40} {where}", soft_wrap=True)


def _until_it_ends(
    console: Console, resources: SiteResources, on: date, hear: Callable[[AssetRun], None]
) -> NightStatus:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with transfers(console):
        while True:
            night = run_night(resources, on, f"retailsync demo by {actor()}", hear)
            if night.state != "waiting" or time.monotonic() > deadline:
                return night
            time.sleep(LOOK_AGAIN_SECONDS)


def _tables(console: Console, resources: SiteResources, on: date, after_reset: dict[tuple[str, str], int]) -> None:
    standing = resources.ledger.night_state(on)
    reset = _delivered(
        resources, [file.file_name for file in standing.current_deliveries(DeliveryKind.RESET)], "availableQty"
    )
    variance = _delivered(
        resources, [file.file_name for file in standing.current_deliveries(DeliveryKind.VARIANCE)], "availableDelta"
    )
    final = _on_hand(resources)
    facilities = {name: facility for name, (facility, _) in SEED_STORES.items()}
    for title, cells in (
        ("Inventory reset file (as HotWax archived it)", reset),
        ("HotWax after the reset", after_reset or None),
        ("Inventory variance file (as HotWax archived it)", variance),
        ("HotWax after the variance", final),
    ):
        if cells is not None:
            rows = [
                [sku, *(cells.get((facility, upca(sku)), 0) for facility in facilities.values())] for sku in SEED_SKUS
            ]
            console.print()
            print_table(console, title, ["SKU", *facilities], rows)


def _delivered(resources: SiteResources, names: Iterable[str], quantity: str) -> dict[tuple[str, str], int]:
    """The quantities of the files that HotWax took, from its archive over SFTP."""
    cells: dict[tuple[str, str], int] = {}
    folders = {
        "availableQty": resources.site.hotwax.reset_folder,
        "availableDelta": resources.site.hotwax.variance_folder,
    }
    with resources.hotwax.session() as session:
        for name in names:
            text = session.read(f"{folders[quantity]}/archive/{name}").decode()
            for row in csv.DictReader(io.StringIO(text)):
                cells[row["facilityId"], row["idValue"]] = int(float(row[quantity]))
    return cells


def _on_hand(resources: SiteResources) -> dict[tuple[str, str], int]:
    """HotWax's current on-hand quantities by facility and UPCA, from its database."""
    site = resources.site
    products = {
        row["product_id"]: row["upca"]
        for row in resources.oms.rows(
            "active_products", product_stores=site.product_stores, id_type=site.hotwax.id_type, as_of=resources.now()
        )
    }
    return {
        (row["facility_id"], products[row["product_id"]]): int(float(row["on_hand"]))
        for row in resources.oms.rows("on_hand", product_stores=site.product_stores)
        if row["product_id"] in products
    }
