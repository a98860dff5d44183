"""Checks every connection, key, folder and permission of a site; a failure does not stop the other checks."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from retailsync_assets.cli.doctor.alerts import of_alerts
from retailsync_assets.cli.doctor.finding import Finding, ok, warn
from retailsync_assets.cli.doctor.home import of_home, of_ledger
from retailsync_assets.cli.doctor.hotwax import of_hotwax
from retailsync_assets.cli.doctor.oms import of_oms
from retailsync_assets.cli.doctor.retail_pro import of_retail_pro
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.resources.oms import Oms


def examine(site: Site, home: Home, now: datetime) -> Iterator[Finding]:
    """Every finding, as soon as there is one; starts no run and leaves nothing on a server."""
    yield from of_settings(site)
    yield from of_retail_pro(site, now)
    yield from of_hotwax(site, now)
    yield from of_oms(site, Oms(site.hotwax.resolved_oms_url()), now)
    yield from of_home(site, home)
    yield from of_ledger(site, home)
    from retailsync_assets.cli.doctor.dagster_instance import (
        of_dagster,  # takes a second to import; the other findings are printed before
    )

    yield from of_dagster(home)
    yield from of_alerts(site)


def of_settings(site: Site) -> Iterator[Finding]:
    """The settings were read, or there would be no site; the private keys should be readable by this user only."""
    yield ok("settings", "sites.toml and its secrets", "valid, all secrets are set")
    for side, account in (("retail_pro", site.retail_pro.sftp), ("hotwax", site.hotwax.sftp)):
        if account.private_key is None:
            continue
        key, tried = Path(account.private_key), f"private key permissions of {account.private_key}"
        mode = key.stat().st_mode & 0o777
        subject, found = f"{side}.sftp", f"{mode:o}"
        open_to_others = mode & 0o077
        yield warn(subject, tried, found, f"chmod 600 {key}") if open_to_others else ok(subject, tried, found)


def document(site: Site, findings: list[Finding], state: str) -> dict[str, Any]:
    """The JSON of `retailsync doctor --json`."""
    failed = [each for each in findings if each.state == "fail"]
    said = {"error": f"{len(failed)} checks failed", "next_step": failed[0].next_step} if failed else {}
    return {"site": site.name, "state": state, "findings": [vars(each) for each in findings], **said}
