from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from retailsync_assets.errors import Kind, Reason, Remedy, SetupError
from retailsync_assets.ledger.clone import clone_ledger
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.migrations import LATEST
from retailsync_assets.ledger.models import Attempt
from retailsync_assets_tests.ledger.states import ON, made
from retailsync_assets_tests.servers.mariadb import MariaDB
from retailsync_assets_tests.servers.postgresql import PostgreSQL

BEFORE_VERSIONS = ("DROP TABLE schema_version", "DROP TABLE attempt", "ALTER TABLE artefact DROP COLUMN withdrawn_at")


def columns(url: str) -> dict[str, set[str]]:
    """Every table of a database with the names of its columns."""
    found = inspect(engine := create_engine(url))
    tables = {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}
    engine.dispose()
    return tables


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["SQLite", "MariaDB", "PostgreSQL"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "SQLite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: MariaDB | PostgreSQL = request.getfixturevalue(request.param.lower())
    return server.database()


def test_a_ledger_without_a_version_gets_every_column_and_table(url: str) -> None:
    Ledger(url, "demo")
    whole = columns(url)
    execute(url, *BEFORE_VERSIONS)
    Ledger(url, "demo")
    assert columns(url) == whole


@pytest.mark.parametrize(
    "reached",
    [
        ("DELETE FROM schema_version", "ALTER TABLE artefact DROP COLUMN withdrawn_at"),
        ("DELETE FROM schema_version", "DROP TABLE attempt"),
        ("UPDATE schema_version SET version = 1",),
    ],
    ids=["before its first step", "before its last table", "behind its first step"],
)
def test_one_whose_migration_was_killed_is_brought_up_by_the_next(url: str, reached: tuple[str, ...]) -> None:
    Ledger(url, "demo")
    whole = columns(url)
    execute(url, *reached)
    Ledger(url, "demo")
    assert columns(url) == whole


DETAILS = {
    "active_products": ("0123abcd", {"tables": {"stores": "0123abcd"}}),
    "filtered_reset": ("0123 4567", {"product_list": "0123 4567"}),
    "partial_shipment_variance": ("exact", {"exact": True}),
    "reset_delivery": ("a_p01.csv a_p02.csv", {"deliveries": ("a_p01.csv", "a_p02.csv")}),
    "variance_delivery": ("at once", {"deliveries": ()}),
    "applied_inventory": ("a.csv v.csv", {"deliveries": ("a.csv", "v.csv")}),
}
"""Asset → the text that said what it was made from up to version 2, and what that meant."""


def test_what_assets_were_made_from_is_read_out_of_its_old_text(url: str) -> None:
    ledger = Ledger(url, "demo")
    before = {name: replace(made(name), tables={}) for name in DETAILS}
    for each in before.values():
        ledger.record_materialization(ON, each)
    execute(
        url,
        "UPDATE schema_version SET version = 2",
        *(f"ALTER TABLE made DROP COLUMN {name}" for name in ("tables", "deliveries", "product_list", "exact")),
        "ALTER TABLE made ADD COLUMN detail TEXT",
        *(f"UPDATE made SET detail = '{text}' WHERE asset = '{name}'" for name, (text, _) in DETAILS.items()),
    )
    after = Ledger(url, "demo").night_state(ON).made
    assert after == {name: replace(before[name], **meant) for name, (_, meant) in DETAILS.items()}


FAILURE = (
    "CREATE TABLE failure (site VARCHAR(60), business_date VARCHAR(10), job VARCHAR(60), times INTEGER, reason TEXT,"
    " last_at VARCHAR(27))"
)


def bring_back_to_3(url: str, reason: str, *before: str) -> None:
    """A ledger of the third schema, in which the reset has failed twice."""
    execute(
        url,
        "UPDATE schema_version SET version = 3",
        FAILURE,
        *before,
        f"INSERT INTO failure VALUES ('demo', '{ON}', 'reset', 2, '{reason}', '2026-11-21T06:30:00.000000Z')",
    )


@pytest.mark.parametrize("killed", [False, True])
def test_the_failures_of_a_job_are_kept_as_its_attempts(url: str, killed: bool) -> None:
    ledger = Ledger(url, "demo")
    reason, at = Reason(Kind.ERROR, "the server is away", Remedy.RUN), datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    if killed:
        ledger.record_attempt(ON, "reset", reason, at)
    bring_back_to_3(url, "the server is away", *(() if killed else ("DROP TABLE attempt",)))
    brought_up = Ledger(url, "demo")
    times = 1 if killed else 2
    assert brought_up.night_state(ON).attempts == {"reset": Attempt("reset", reason, at, at, times)}
    assert "failure" not in columns(url)


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("held: it looks odd", Kind.HELD, "it looks odd"),
        ("quarantined: no column", Kind.QUARANTINED, "no column"),
        ("refused: host key mismatch: got another", Kind.REFUSED, "host key mismatch: got another"),
        ("error: it went wrong", Kind.ERROR, "error: it went wrong"),
    ],
)
def test_the_kind_of_a_failure_is_read_out_of_its_line(tmp_path: Path, line: str, kind: Kind, text: str) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    Ledger(url, "demo")
    bring_back_to_3(url, line, "DROP TABLE attempt")
    assert Ledger(url, "demo").night_state(ON).attempts["reset"].reason == Reason(kind, text, Remedy.RUN)


def test_a_copy_of_an_older_ledger_is_of_this_release(url: str, tmp_path: Path) -> None:
    Ledger(url, "demo")
    bring_back_to_3(url, "the server is away", "DROP TABLE attempt")
    assert "reset" in clone_ledger(url, "demo", tmp_path / "copy.db").night_state(ON).attempts


def test_a_ledger_of_a_later_release_is_refused(url: str) -> None:
    Ledger(url, "demo")
    execute(url, f"UPDATE schema_version SET version = {LATEST + 1}")
    with pytest.raises(SetupError, match=f"has schema {LATEST + 1}, this retailsync knows {LATEST}"):
        Ledger(url, "demo")
