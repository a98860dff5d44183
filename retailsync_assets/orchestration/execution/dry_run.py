"""A night computed beside the real one: in a folder that goes away, over copies; nothing that lasts is touched."""

import os
import shutil
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg

from retailsync_assets.assets.failures import line_of
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import outcome_of
from retailsync_assets.ledger.clone import copied
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.orchestration.run_requests import SITE_TAG
from retailsync_assets.orchestration.site_definitions import site_definitions
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.oms import Oms
from retailsync_assets.resources.sftp.server import Sftp
from retailsync_assets.resources.site import Workplace

PREFIX, LEDGER = "shadow.", "ledger.db"
FORGOTTEN_SECONDS = 24 * 3600.0


@contextmanager
def shadow(site: Site, home: Home, on: date, clock: Clock) -> Generator[Workplace]:
    """A workplace of a copied ledger, with links to what lake and landing have of this night and of those before it.

    What it writes is gone after the block; the two servers and the OMS are the real ones.
    """
    scratch = home.place("scratch")
    _sweep(scratch)
    with TemporaryDirectory(prefix=PREFIX, dir=scratch) as folder:
        apart = Home(Path(folder))
        ledger = copied(home.ledger_url, site.name, apart.folder / LEDGER)
        _link_lake(home, apart, site.name, [on, *(each.business_date for each in ledger.accepted_before(on))])
        _link_landed(home, apart, ledger, on)
        yield Workplace(
            site=site,
            home=apart,
            ledger=ledger,
            oms=Oms(site.hotwax.resolved_oms_url()),
            retail_pro=Sftp(site.retail_pro.sftp),
            hotwax=Sftp(site.hotwax.sftp),
            clock=clock,
        )


def compute(place: Workplace, on: date, *assets: str) -> None:
    """Materialize computing assets in a shadow, by the night's own code; raises what the first that fails says.

    Checks are left out: what they would stop is what is to be seen.
    """
    every = site_definitions(place.site, place).assets or ()
    with dg.DagsterInstance.ephemeral() as instance:  # pyright: ignore[reportUnknownMemberType] - Dagster's types
        result = dg.materialize(
            [each for each in every if isinstance(each, dg.AssetsDefinition)],
            selection=[dg.AssetKey([place.site.name, asset]) for asset in assets],
            partition_key=on.isoformat(),
            instance=instance,
            tags={SITE_TAG: place.site.name},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    if not result.success:
        raise outcome_of(line_of(result.all_events, result.run_id))


def _link_lake(home: Home, apart: Home, site: str, dates: Iterable[date]) -> None:
    lake = home.folder / "lake" / site
    for on in dates:
        for file in lake.glob(f"*/business_date={on}/data.parquet"):
            _link(file, apart.place("lake", site, *file.parent.relative_to(lake).parts))


def _link_landed(home: Home, apart: Home, ledger: Ledger, on: date) -> None:
    snapshot, landing = ledger.standing(on).snapshot, apart.place("landing", ledger.site)
    if snapshot is not None:
        for file in (home.folder / "landing" / ledger.site).glob(f"{snapshot.sha256}.*"):
            _link(file, landing)


def _link(file: Path, folder: Path) -> None:
    """Tables and raw files are replaced, never written into: a link is as good as a copy, and takes no room."""
    try:
        os.link(file, folder / file.name)
    except OSError:  # another file system, or one that has no links
        shutil.copyfile(file, folder / file.name)


def _sweep(scratch: Path) -> None:
    """What a killed one left."""
    for left in scratch.glob(f"{PREFIX}*"):
        if time.time() - left.stat().st_mtime > FORGOTTEN_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
