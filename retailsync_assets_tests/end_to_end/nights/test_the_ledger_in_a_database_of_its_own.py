"""RETAILSYNC_LEDGER names another database than the file in the home."""

import pytest

from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


@pytest.mark.parametrize("database", ["mariadb", "postgresql"])
def test_a_night_is_complete_and_its_journal_whole(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, new_world: NewWorld, database: str
) -> None:
    monkeypatch.setenv("RETAILSYNC_LEDGER", request.getfixturevalue(database).database())
    world = new_world()
    world.orders.ship("F1", "-1 09:00")
    world.raw()
    assert world.play().state == "complete"
    assert world.stock()["F1", "A"] == 8
    assert world.resources.ledger.first_altered() is None
    assert not list(world.home.folder.glob("ledger.db*"))
