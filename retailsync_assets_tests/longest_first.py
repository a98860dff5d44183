"""The order of the test files: long ones come first, so that no worker is idle while another finishes one."""

import pytest

LONGEST = (
    "end_to_end/clocked/test_the_daemon_takes_a_night_by_itself.py",
    "end_to_end/kills/test_a_night_that_is_killed_comes_right.py",
    "end_to_end/clocked/test_a_person_clicks_a_night_through.py",
    "end_to_end/clocked/test_a_newcomer_sees_no_red.py",
    "end_to_end/clocked/test_every_night_ends_right_or_loudly.py",
    "end_to_end/clocked/test_no_click_delivers_out_of_turn.py",
    "end_to_end/faults/test_a_variance_that_is_withdrawn.py",
    "end_to_end/kills/test_two_runs_of_one_night.py",
    "raw_file/test_each_sees_what_is_unlike_the_last_night.py",
)
"""Longest first, by the table in docs/reliability.md. All that follow take less than a minute each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in that order, then the others as they were collected; within a file nothing moves."""
    items.sort(key=rank)


def rank(item: pytest.Item) -> int:
    """The place of its file among the longest; behind them for any other."""
    file = item.nodeid.partition("::")[0]
    return next((place for place, name in enumerate(LONGEST) if file.endswith(name)), len(LONGEST))
