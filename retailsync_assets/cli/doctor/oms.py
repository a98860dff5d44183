"""HotWax's database: connection, clock, privileges, a plan of every query, and the site's stores and products."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.cli.doctor.ledger import RESTORE
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted, signed
from retailsync_assets.delivery.manifests import check_import_log
from retailsync_assets.errors import RetailSyncError, Unreachable
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.product_store import check_open_stores, check_sold_online, load_stores
from retailsync_assets.resources.site_overlap import first_overlap
from retailsync_assets.resources.sql import names
from retailsync_assets.workflow.calendar import business_date

SUBJECT = "hotwax.oms_url"
UNEVEN = timedelta(seconds=60)
READS = {"SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES"}
CLOCKS = "synchronize the clocks of both machines (NTP)"


def of_oms(site: Site, oms: Oms, ledger: Ledger | None, now: datetime) -> Iterator[Finding]:
    """Nothing is written; only short queries run. Without a ledger, HotWax's import log is not compared."""
    try:
        theirs = oms.now()
    except RetailSyncError as outcome:
        away = isinstance(outcome, Unreachable)
        step = (
            "check that it is up and reachable from here; otherwise fix" if away else "fix the database, the login or"
        )
        yield fail(SUBJECT, f"connect to {oms!r}", outcome, f"{step} sites.{site.name}.{SUBJECT}")
        return
    yield ok(SUBJECT, f"connect to {oms!r}", "connected")
    yield _clock(theirs, now)
    yield attempt(SUBJECT, "privileges", "", partial(_rights, oms))
    for name in names("oms"):
        step = "grant SELECT on the tables in docs/security.md, or check the HotWax release"
        yield attempt(SUBJECT, f"plan sql/oms/{name}.sql", step, partial(_planned, oms, name))
    subject, step = (
        "product_store",
        f"fix sites.{site.name}.product_store ({', '.join(site.product_stores)}), or HotWax's data",
    )
    yield attempt(subject, "stores", step, partial(_stores, site, oms, now))
    yield attempt(subject, "active products", step, partial(_products, site, oms, now))
    if site.neighbours:
        yield attempt(subject, "overlap with other sites", step, partial(_overlap, site, oms, now))
    if ledger is not None:
        yield attempt(SUBJECT, "import log", RESTORE, partial(_import_log, ledger, oms, business_date(now, site)))


def _clock(theirs: datetime, now: datetime) -> Finding:
    """The waiting period before the variance is measured from HotWax's clock to this machine's."""
    skew, tried = theirs - now, "clock difference"
    found = f"{signed(skew.total_seconds())} s"
    if abs(skew) > CLOCK_DIFFERENCE:
        return fail(SUBJECT, tried, found, CLOCKS)
    return warn(SUBJECT, tried, found, CLOCKS) if abs(skew) > UNEVEN else ok(SUBJECT, tried, found)


def _rights(oms: Oms) -> str | Finding:
    granted = oms.rights()
    if granted is None:
        return "SQLite has none; the file is opened read-only"
    beyond = sorted({right for line in granted for right in beyond_reading(line)})
    if not beyond:
        return "SELECT only"
    found = f"more than needed: {', '.join(beyond)}"
    return warn(SUBJECT, "privileges", found, "grant SELECT only: docs/security.md")


def beyond_reading(grant: str) -> set[str]:
    """What one line of SHOW GRANTS allows besides reading; granted roles are not resolved."""
    granted = re.match(r"GRANT (.+?) ON ", grant)
    if granted is None:
        return set()
    rights = re.sub(r"\([^)]*\)", "", granted[1]).split(",")
    return {right.strip().upper() for right in rights} - READS


def _planned(oms: Oms, name: str) -> str:
    oms.explain(name)
    return "its tables and columns exist and are readable"


def _stores(site: Site, oms: Oms, now: datetime) -> str | Finding:
    stores = oms.rows("stores", product_stores=site.product_stores, now=now)
    check_open_stores(site.product_stores, stores)
    with TemporaryDirectory() as folder:  # the home may not exist yet, and the doctor creates none
        lake = Lake(Home(Path(folder)), site.name)
        with lake.get_connection() as duck:
            load_stores(lake, duck, stores)
    nameless = [row["facility_id"] for row in stores if not row["external_id"]]
    if nameless:
        without = f"{', '.join(nameless)} without FACILITY.EXTERNAL_ID: no raw row matches them"
        step = "set it in HotWax to Retail Pro's store code"
        return warn("product_store", "stores", f"{counted(len(stores), 'store')}, {without}", step)
    return counted(len(stores), "open store")


def _import_log(ledger: Ledger, oms: Oms, on: date) -> str:
    check_import_log(ledger, oms, on)
    return "names no file that the ledger does not know"


def _overlap(site: Site, oms: Oms, now: datetime) -> str | Finding:
    sold = oms.rows("active_products", product_stores=site.product_stores, id_type=site.hotwax.id_type, as_of=now)
    stores = oms.rows("stores", product_stores=site.product_stores, now=now)
    shared = first_overlap(oms, site, sold, stores, as_of=now, now=now)
    names = ", ".join(each.name for each in site.neighbours)
    step = f"make product_store of sites.{site.name} a list, and remove the other site"
    return f"none with {names}" if shared is None else fail("product_store", "overlap with other sites", shared, step)


def _products(site: Site, oms: Oms, now: datetime) -> str:
    values = {"product_stores": site.product_stores, "id_type": site.hotwax.id_type}
    sold = oms.rows("active_products", as_of=now, **values)
    check_sold_online(site.product_stores, sold)
    return counted(len(sold), "product")
