"""HotWax's database in a test: a file of SQLite's, or one on MariaDB, whose collation takes case for nothing."""

import pytest

from retailsync_assets_tests.servers.mariadb import MariaDB

NAMES = ("SQLite", "MariaDB")


def new_url(request: pytest.FixtureRequest) -> str | None:
    """For a fixture with `NAMES` as its parameters: where its world's database is to lie; None: beside the world."""
    if request.param == "SQLite":
        return None
    server: MariaDB = request.getfixturevalue("mariadb")
    return server.database()
