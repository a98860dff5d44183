"""Checks every connection, key, folder and permission of a site; a failure does not stop the other checks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from retailsync_assets.cli.doctor.alerts import of_alerts
from retailsync_assets.cli.doctor.finding import Finding, ok
from retailsync_assets.cli.doctor.home import of_home
from retailsync_assets.cli.doctor.hotwax import of_hotwax
from retailsync_assets.cli.doctor.ledger import of_ledger, open_ledger
from retailsync_assets.cli.doctor.nightly_run import last_file_bytes, of_nightly_run
from retailsync_assets.cli.doctor.oms import of_oms
from retailsync_assets.cli.doctor.retail_pro import of_retail_pro
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.resources.oms import Oms


def examine(site: Site, home: Home, now: datetime) -> Iterator[Finding]:
    """Every finding, as soon as there is one, system by system; starts no run and leaves nothing on a server."""
    opened, above = open_ledger(site, home), list[Finding]()
    for found in _of_what_a_run_needs(site, home, opened, now):
        above.append(found)
        yield found
    if isinstance(opened, Ledger):
        yield from of_nightly_run(site, home, opened, now, above)
    from retailsync_assets.cli.doctor.dagster_instance import (
        of_dagster,  # takes a second to import; the other findings are printed before
    )

    yield from of_dagster(home)
    yield from of_alerts(site)


def _of_what_a_run_needs(site: Site, home: Home, opened: Ledger | Finding, now: datetime) -> Iterator[Finding]:
    """This machine, the ledger, and the systems outside."""
    yield ok("settings", "sites.toml and its secrets", "valid, all secrets are set")
    yield from of_home(site, home)
    ledger = opened if isinstance(opened, Ledger) else None
    yield from [opened] if isinstance(opened, Finding) else of_ledger(home, opened)
    yield from of_retail_pro(site, now)
    yield from of_hotwax(site, now, last_file_bytes(ledger, site, now))
    yield from of_oms(site, Oms(site.hotwax.resolved_oms_url()), ledger, now)


def document(site: Site, findings: list[Finding], state: str) -> dict[str, Any]:
    """The JSON of `retailsync doctor --json`."""
    failed = [each for each in findings if each.state == "fail"]
    said = {"error": f"{counted(len(failed), 'check')} failed", "next_step": failed[0].next_step} if failed else {}
    return {"site": site.name, "state": state, "findings": [each.document() for each in findings], **said}
