"""The ledger: opened, its audit log verified, and compared with the manifests."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery.manifests import check_manifests
from retailsync_assets.errors import RetailSyncError
from retailsync_assets.ledger.clone import clone_ledger
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.migrations import LATEST, is_made

SAME_BACKUP = "restore ledger.db and manifests/ from the same backup"
RESTORE = f"{SAME_BACKUP}: see Backup and restore in the operator's guide"


def open_ledger(site: Site, home: Home) -> Ledger | Finding:
    """The ledger, brought up to this release; or why there is none to look into."""
    elsewhere = "RETAILSYNC_LEDGER" if os.environ.get("RETAILSYNC_LEDGER") else None
    tried = f"open {elsewhere or home.folder / 'ledger.db'}"
    try:
        if not is_made(home.ledger_url):
            with TemporaryDirectory(prefix="retailsync.") as folder:
                check_manifests(home, clone_ledger(home.ledger_url, site.name, Path(folder, "ledger.db")))
            return ok("ledger", tried, "does not exist yet: the first run creates it")
        ledger = Ledger(home.ledger_url, site.name)
        ledger.journal_head()  # it is opened by the first that asks it
        return ledger
    except (RetailSyncError, OSError) as refused:
        return fail("ledger", tried, refused, f"fix RETAILSYNC_LEDGER, or {SAME_BACKUP}")


def of_ledger(home: Home, ledger: Ledger) -> Iterator[Finding]:
    """A ledger that could be opened; RETAILSYNC_LEDGER may hold a password, so that its address is not shown."""
    yield ok("ledger", "open the ledger", f"schema {LATEST}")
    yield attempt("ledger", "audit log (hash chain)", RESTORE, partial(_chain, ledger))
    yield attempt("ledger", "manifests", RESTORE, partial(_compared, home, ledger))


def _chain(ledger: Ledger) -> str | Finding:
    altered = ledger.first_altered()
    if altered is None:
        return "intact"
    return fail("ledger", "audit log (hash chain)", f"entry {altered} of the table event was altered", RESTORE)


def _compared(home: Home, ledger: Ledger) -> str:
    check_manifests(home, ledger)
    return "match the ledger"
