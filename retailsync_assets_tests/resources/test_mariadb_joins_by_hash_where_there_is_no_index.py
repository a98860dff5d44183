from sqlalchemy import create_engine

from retailsync_assets.resources.oms import Oms
from retailsync_assets.sandbox.hotwax.oms import create_schema
from retailsync_assets_tests.servers.mariadb import MariaDB


def level(oms: Oms) -> str:
    (row,) = oms._answer("a setting", "SELECT CAST(@@join_cache_level AS CHAR) AS level", {})
    return str(row["level"])


def test_an_oms_with_primary_keys_only_is_joined_by_hash(mariadb: MariaDB) -> None:
    url = mariadb.database()
    engine = create_engine(url)
    create_schema(engine)
    assert level(Oms(url)) == "4"
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE INDEX ITS_ORDER ON ORDER_FULFILLMENT_HISTORY (ORDER_ID)")
    engine.dispose()
    assert level(Oms(url)) == "2"
