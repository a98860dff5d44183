import pytest

from retailsync_assets_tests.cli.conftest import Played

ASKED = "FROM applied_inventory WHERE facility_id = 'NEW_YORK' ORDER BY upca LIMIT 2"


@pytest.mark.parametrize("columns", [80, 120])
def test_the_demos_own_question_is_answered_a_value_a_line(played: Played, columns: int) -> None:
    shown = played.retailsync.on_a_terminal(columns, "query", "demo", ASKED)
    rows = played.retailsync("query", "demo", ASKED, "--json").document
    expected = [f"{name:<20}  {value}" for row in rows for name, value in row.items()]
    expected.insert(len(rows[0]), "─" * columns)
    assert shown == expected


def test_in_a_pipe_each_row_is_a_line(played: Played) -> None:
    answer = played.retailsync("query", "demo", ASKED)
    rows = [line for line in answer.out.splitlines() if line.startswith("│")]
    assert [row.split("│")[1].strip() for row in rows] == ["NEW_YORK", "NEW_YORK"]
    assert all(str(played.on) in row for row in rows)
