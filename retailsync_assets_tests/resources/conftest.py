from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from retailsync_assets.config.home import Home
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.oms import Oms
from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.sample.stores_and_products import upca
from retailsync_assets.sandbox.setup import RESET_FOLDER, SFTP_FOLDERS
from retailsync_assets_tests.servers.mariadb import MariaDB


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The empty lake of the site `demo`."""
    return Lake(Home(tmp_path / "home"), "demo")


AS_OF = datetime(2026, 11, 21, 5, tzinfo=UTC)
IMPORTED_AT = datetime(2026, 11, 21, 6, 40, 0, 250_000, tzinfo=UTC)
RESET = "ResetInventory_demo_2026-11-21_1_abc.csv"


def seed(url: str, root: Path) -> None:
    """The sandbox's OMS, in which HotWax has imported a reset of three rows, one of which failed."""
    for folder in SFTP_FOLDERS:
        (root / folder).mkdir(parents=True)
    (root / RESET_FOLDER / RESET).write_text(
        "facilityId,idType,idValue,availableQty,locationSeqId,comments\n"
        f"NEW_YORK,UPCA,{upca('A')},11,TLTLTLLL01,first\nNASHVILLE,UPCA,{upca('B')},12,TLTLTLLL01,second\n"
        "NEW_YORK,UPCA,000,1,TLTLTLLL01,unknown\n"
    )
    engine = create_engine(url)
    create_schema(engine)
    seed_oms(engine, AS_OF)
    hotwax = HotWax(engine, root, lambda: IMPORTED_AT)
    hotwax.poll()
    hotwax.process()
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_oms(tmp_path_factory: pytest.TempPathFactory) -> Oms:
    folder = tmp_path_factory.mktemp("oms_on_sqlite")
    url = f"sqlite:///{folder / 'oms.db'}"
    seed(url, folder / "sftp")
    return Oms(url)


@pytest.fixture(scope="session")
def mariadb_oms(mariadb: MariaDB, tmp_path_factory: pytest.TempPathFactory) -> Oms:
    url = mariadb.database()
    seed(url, tmp_path_factory.mktemp("oms_on_mariadb") / "sftp")
    return Oms(url)
