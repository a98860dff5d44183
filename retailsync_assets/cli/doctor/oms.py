"""HotWax's database, tried: connection, clock, rights, every query planned, and whether the site is in it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import RetailSyncError, Unreachable
from retailsync_assets.resources.clock import CLOCK_DIFFERENCE
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sql import names

SUBJECT = "hotwax.oms_url"
UNEVEN = timedelta(seconds=60)
READS = {"SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES"}
CLOCKS = "have both machines keep time (NTP)"


def of_oms(site: Site, oms: Oms, now: datetime) -> Iterator[Finding]:
    """Nothing is written, and no query is run but the two short ones."""
    try:
        theirs = oms.now()
    except RetailSyncError as outcome:
        away = isinstance(outcome, Unreachable)
        mend = "is it up, and open to this machine? Else mend" if away else "mend the database, the login or"
        yield fail(SUBJECT, f"connect to {oms!r}", outcome, f"{mend} sites.{site.name}.{SUBJECT}")
        return
    yield ok(SUBJECT, f"connect to {oms!r}", "it answers")
    yield _clock(theirs, now)
    yield attempt(SUBJECT, "rights of this login", "", partial(_rights, oms))
    for name in names("oms"):
        mend = "grant SELECT on the tables of docs/security.md; or is this another HotWax release?"
        yield attempt(SUBJECT, f"plan sql/oms/{name}.sql", mend, partial(_planned, oms, name))
    subject, mend = "product_store", f"mend sites.{site.name}.product_store ({site.product_store}), or HotWax's data"
    yield attempt(subject, "the site's stores", mend, partial(_stores, site, oms, now, mend))
    yield attempt(subject, "what is sold online", mend, partial(_products, site, oms, now, mend))


def _clock(theirs: datetime, now: datetime) -> Finding:
    """The rest after a reset is counted from HotWax's time to this machine's."""
    skew, tried = theirs - now, "clock beside this machine's"
    found = f"{skew.total_seconds():+.0f} s"
    if abs(skew) > CLOCK_DIFFERENCE:
        return fail(SUBJECT, tried, found, CLOCKS)
    return warn(SUBJECT, tried, found, CLOCKS) if abs(skew) > UNEVEN else ok(SUBJECT, tried, found)


def _rights(oms: Oms) -> str | Finding:
    granted = oms.rights()
    if granted is None:
        return "SQLite has none; it is opened to be read only"
    beyond = sorted({right for line in granted for right in beyond_reading(line)})
    if not beyond:
        return "SELECT and no more"
    found = f"more than it needs: {', '.join(beyond)}"
    return warn(SUBJECT, "rights of this login", found, "grant it SELECT alone: docs/security.md")


def beyond_reading(grant: str) -> set[str]:
    """What one line of SHOW GRANTS allows besides reading; a granted role is not looked into."""
    granted = re.match(r"GRANT (.+?) ON ", grant)
    if granted is None:
        return set()
    rights = re.sub(r"\([^)]*\)", "", granted[1]).split(",")
    return {right.strip().upper() for right in rights} - READS


def _planned(oms: Oms, name: str) -> str:
    oms.explain(name)
    return "its tables and columns are there, and may be read"


def _stores(site: Site, oms: Oms, now: datetime, mend: str) -> str | Finding:
    stores = oms.rows("stores", product_store=site.product_store, now=now)
    if not stores:
        return fail("product_store", "the site's stores", f"{site.product_store} has no open store", mend)
    nameless = [row["facility_id"] for row in stores if not row["external_id"]]
    if nameless:
        found = f"{len(stores)} stores, {', '.join(nameless)} without FACILITY.EXTERNAL_ID: no raw row is theirs"
        return warn("product_store", "the site's stores", found, "set it in HotWax to Retail Pro's store code")
    return f"{len(stores)} open stores"


def _products(site: Site, oms: Oms, now: datetime, mend: str) -> str | Finding:
    values = {"product_store": site.product_store, "id_type": site.hotwax.id_type}
    sold = len(oms.rows("active_products", as_of=now, **values))
    return f"{sold} products" if sold else fail("product_store", "what is sold online", "nothing", mend)
