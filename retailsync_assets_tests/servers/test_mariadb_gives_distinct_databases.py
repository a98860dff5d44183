import sqlalchemy
from sqlalchemy import text

from retailsync_assets_tests.servers.mariadb import MariaDB


def tables(url: str) -> list[str]:
    engine = sqlalchemy.create_engine(url)
    try:
        return sqlalchemy.inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_table_of_one_database_is_not_in_another(mariadb: MariaDB) -> None:
    one, other = mariadb.database(), mariadb.database()
    engine = sqlalchemy.create_engine(one)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE PRODUCT (PRODUCT_ID VARCHAR(40) PRIMARY KEY)"))
    engine.dispose()
    assert [name.upper() for name in tables(one)] == ["PRODUCT"]
    assert tables(other) == []


def test_the_server_is_mariadb(mariadb_url: str) -> None:
    engine = sqlalchemy.create_engine(mariadb_url)
    with engine.connect() as connection:
        assert "MariaDB" in connection.execute(text("SELECT version()")).scalar_one()
    engine.dispose()
