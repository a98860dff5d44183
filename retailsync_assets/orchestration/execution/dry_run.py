"""A dry run: the nightly run computed in a temporary folder, on a copy of the ledger; nothing permanent is changed."""

import os
import shutil
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg

from retailsync_assets.assets.failures import stop_reason
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import error_of
from retailsync_assets.ledger.clone import clone_ledger
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.orchestration.run_requests import SITE_TAG
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.site import SiteResources

PREFIX, LEDGER = "dry_run.", "ledger.db"
OF_EVERY_NIGHT = "stores", "raw_stores"
"""Tables of which a nightly run reads those of every earlier business date."""
FORGOTTEN_SECONDS = 24 * 3600.0


@contextmanager
def dry_run(site: Site, home: Home, on: date, clock: Clock) -> Generator[SiteResources]:
    """Resources with a copied ledger, and links to lake, landing and outbox of this and earlier business dates.

    What it writes is gone after the block; the two servers and the OMS are the real ones.
    """
    scratch = home.folder_for("scratch")
    _sweep(scratch)
    with TemporaryDirectory(prefix=PREFIX, dir=scratch) as folder:
        apart = Home(Path(folder))
        ledger = clone_ledger(home.ledger_url, site.name, apart.folder / LEDGER)
        _link_lake(home, apart, site.name, [on, *(each.business_date for each in ledger.accepted_before(on))])
        _link_landed(home, apart, ledger, on)
        _link_outbox(home, apart, ledger, on)
        yield SiteResources(
            site=site,
            home=apart,
            ledger=ledger,
            oms=Oms(site.hotwax.resolved_oms_url()),
            retail_pro=SftpServer(site.retail_pro.sftp),
            hotwax=SftpServer(site.hotwax.sftp),
            clock=clock,
        )


def materialize(resources: SiteResources, on: date, *assets: str) -> None:
    """Materialize computing assets in the dry run, by the same code as the nightly run; raises what stopped it.

    Checks are skipped: a plan shows what they would stop.
    """
    every = site_definitions(resources.site, resources, first=on).assets or ()
    with dg.DagsterInstance.ephemeral() as instance:  # pyright: ignore[reportUnknownMemberType] - Dagster's types
        result = dg.materialize(
            [each for each in every if isinstance(each, dg.AssetsDefinition)],
            selection=[dg.AssetKey([resources.site.name, asset]) for asset in assets],
            partition_key=on.isoformat(),
            instance=instance,
            tags={SITE_TAG: resources.site.name},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    reason = stop_reason(result.all_events, result.run_id, failed=not result.success)
    if reason is not None:
        raise error_of(reason)


def _link_lake(home: Home, apart: Home, site: str, dates: Iterable[date]) -> None:
    lake = home.folder / "lake" / site
    for on in dates:
        for file in lake.glob(f"*/business_date={on}/data.parquet"):
            _link(file, apart.folder_for("lake", site, *file.parent.relative_to(lake).parts))
    for table in OF_EVERY_NIGHT:
        for file in lake.glob(f"{table}/*/data.parquet"):
            _link(file, apart.folder_for("lake", site, *file.parent.relative_to(lake).parts))


def _link_landed(home: Home, apart: Home, ledger: Ledger, on: date) -> None:
    snapshot, landing = ledger.night_state(on).snapshot, apart.folder_for("landing", ledger.site)
    if snapshot is not None:
        for file in (home.folder / "landing" / ledger.site).glob(f"{snapshot.sha256}.*"):
            _link(file, landing)


def _link_outbox(home: Home, apart: Home, ledger: Ledger, on: date) -> None:
    for delivery in ledger.night_state(on).deliveries:
        for file in (home.folder / "outbox" / ledger.site).glob(f"{delivery.file_name}*"):
            _link(file, apart.folder_for("outbox", ledger.site))
    for kept in (home.folder / "outbox" / ledger.site / "tables").glob("*.parquet"):
        _link(kept, apart.folder_for("outbox", ledger.site, "tables"))


def _link(file: Path, folder: Path) -> None:
    """Tables and raw files are replaced, never written into: a link is as good as a copy, and takes no room."""
    try:
        os.link(file, folder / file.name)
    except FileExistsError:
        return
    except OSError:  # another file system, or one that has no links
        shutil.copyfile(file, folder / file.name)


def _sweep(scratch: Path) -> None:
    """What a killed one left."""
    for left in scratch.glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > FORGOTTEN_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
