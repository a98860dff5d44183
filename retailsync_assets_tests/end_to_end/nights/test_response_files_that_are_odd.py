from datetime import UTC, datetime

import pytest

from retailsync_assets.errors import SetupError
from retailsync_assets.variance.response_files import COLUMNS, read_responses
from retailsync_assets_tests.end_to_end.nights.world import World

GOOD = "O1,00001,INVOICE,S1,2025-11-21T06:40:00Z,7\n"


@pytest.mark.parametrize(
    "line",
    [
        "O2,00001,INVOICE,S1,2025-11-21T06:40:00,7",
        "O2,00001,INVOICE,S1,0001-01-01T00:00:00+06:00,7",
        "O2,00001,INVOICE,S1,9999-12-31T23:59:59-05:00,7",
        "O2,00001,RECEIPT,S1,2025-11-21T06:40:00Z,7",
        " ,00001,INVOICE,S1,2025-11-21T06:40:00Z,7",
        "O2,00001",
        '"O2"9,00001,INVOICE,S1,2025-11-21T06:40:00Z,7',
    ],
)
def test_a_row_that_can_not_be_read_is_named_and_the_others_count(world: World, line: str) -> None:
    (world.responses / "odd.csv").write_text(f"{','.join(COLUMNS)}\n{GOOD}{line}\n{GOOD}")
    rows, unreadable = read_responses(world.resources)
    assert [row["order_id"] for row in rows] == ["O1", "O1"]
    assert unreadable == ["odd.csv, line 3"]


def test_what_a_quote_that_is_not_closed_swallows_is_named_too(world: World) -> None:
    (world.responses / "odd.csv").write_text(f'{",".join(COLUMNS)}\n{GOOD}O2,00001,INVOICE,S1,,"{GOOD * 5_000}')
    rows, unreadable = read_responses(world.resources)
    assert [row["order_id"] for row in rows] == ["O1"]
    assert len(unreadable) == 1


@pytest.mark.parametrize("header", ["order_id,kind", f'"{",".join(COLUMNS)}', ""])
def test_a_file_without_the_columns_stops_the_night_by_name(world: World, header: str) -> None:
    (world.responses / "odd.csv").write_text(f"{header}\n{GOOD}")
    with pytest.raises(SetupError, match=r"odd\.csv: the header has no column order_"):
        read_responses(world.resources)


def test_an_instant_of_another_zone_is_kept_in_utc(world: World) -> None:
    (world.responses / "fine.csv").write_text(f"{','.join(COLUMNS)}\n{GOOD.replace('06:40:00Z', '00:40:00.5-06:00')}")
    ((row,), _) = read_responses(world.resources)
    assert datetime.fromisoformat(row["accepted_at"]).replace(tzinfo=UTC) == datetime(
        2025, 11, 21, 6, 40, 0, 500_000, UTC
    )
