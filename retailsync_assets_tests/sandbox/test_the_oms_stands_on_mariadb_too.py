from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.sample.stores_and_products import upca


def test_seeded_on_mariadb_it_takes_a_reset(mariadb_url: str, sftp_root: Path, as_of: datetime) -> None:
    engine = create_engine(mariadb_url)
    create_schema(engine)
    seed_oms(engine, as_of)
    hotwax = HotWax(engine, sftp_root, lambda: as_of)
    (sftp_root / "hotwax/ResetInventory/ResetInventory_1.csv").write_text(
        "facilityId,idType,idValue,availableQty,locationSeqId,comments\n"
        f"NEW_YORK,UPCA,{upca('A')},10,TLTLTLLL01,first\nATLANTA,UPCA,{upca('TEE-GRÜ-S')},1,ELSEWHERE,new shelf\n"
    )
    hotwax.poll()
    hotwax.process()
    with engine.connect() as connection:
        log = connection.execute(
            text("SELECT STATUS_ID, TOTAL_RECORD_COUNT, FAILED_RECORD_COUNT FROM DATA_MANAGER_LOG")
        )
        moved = text(
            "SELECT QUANTITY_ON_HAND_DIFF, EFFECTIVE_DATE FROM INVENTORY_ITEM_DETAIL"
            " WHERE DESCRIPTION IN ('first', 'new shelf') ORDER BY DESCRIPTION"
        )
        assert log.one() == ("SERVICE_FINISHED", 2, 0)
        assert connection.execute(moved).all() == [(2, as_of.replace(tzinfo=None)), (1, as_of.replace(tzinfo=None))]
    engine.dispose()
