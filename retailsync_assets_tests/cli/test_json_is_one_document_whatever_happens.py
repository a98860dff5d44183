"""Also where a command has nothing to show: its state, one line of what happened, and the next step."""

from pathlib import Path

import pytest

from retailsync_assets_tests.cli.command import Answer, Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.config.sample import changed, deployment

ENDING = {"state", "error", "next_step"}


def ended(answer: Answer) -> tuple[int, str, str | None]:
    document = answer.document
    assert document.keys() >= ENDING
    assert len(document["error"].splitlines()) == 1
    assert document["error"] in answer.err.replace("\nretailsync: ", "; ") or "Usage:" in answer.err
    return answer.code, document["state"], document["next_step"]


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        (["status", "--json"], None),
        (["run", "nosuch", "--json"], None),
        (["status", "demo", "--json", "--date", "yesterday"], "retailsync status --help"),
        (["approve", "demo", "--json"], "retailsync approve --help"),
        (["query", "--json"], "retailsync query --help"),
        (["nosuch", "--json"], "retailsync --help"),
        (["--nosuch", "status", "--json"], "retailsync --help"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_2_for_what_can_not_be_understood(new: Retailsync, arguments: list[str], next_step: str | None) -> None:
    assert ended(new(*arguments)) == (2, "usage", next_step)
    assert list(new.home.iterdir()) == []


def test_2_with_every_mistake_of_the_configuration(new: Retailsync) -> None:
    sites = deployment(new.home, changed("port = 2222", "port = 70000", changed("America/New_York", "Gotham")))
    answer = new("status", "--json", RETAILSYNC_SITES=sites)
    assert ended(answer) == (2, "usage", None)
    assert "; " in answer.document["error"]
    assert len(answer.err.splitlines()) == 2


def test_1_for_a_query_that_is_refused(played: Played) -> None:
    answer = played.retailsync("query", "demo", "FROM filtered_rest", "--json")
    assert answer.code == 1
    assert answer.document == {
        "state": "failed",
        "error": 'Catalog Error: Table with name filtered_rest does not exist! Did you mean "filtered_reset"?',
        "next_step": 'retailsync query demo "SHOW TABLES"',
    }


def test_1_where_nothing_is_on_hold(played: Played) -> None:
    on = played.night(-40)
    answer = played.retailsync("approve", "demo", "--date", on, "--reason", "looked", "--json")
    assert ended(answer) == (1, "failed", f"retailsync status demo --date {on}")
    assert (answer.document["site"], answer.document["released"]) == ("demo", [])


def test_1_for_a_ledger_that_can_not_be_opened(new: Retailsync) -> None:
    (new.home / "books.db").write_text("no database")
    answer = new("status", "demo", "--json", RETAILSYNC_LEDGER=f"sqlite:///{new.home}/books.db")
    assert ended(answer) == (1, "failed", "retailsync doctor demo")


def test_3_while_a_plan_waits_for_its_file(played: Played) -> None:
    on = played.night(30)
    assert ended(played.retailsync("plan", "demo", "--date", on, "--json")) == (3, "waiting", None)


def test_1_where_a_check_of_the_doctor_failed(new: Retailsync) -> None:
    answer = new("doctor", "--json", "--config", deployment(new.home))
    assert answer.code == 1
    assert answer.document["error"] == "3 checks failed"
    assert answer.document["next_step"] == next(
        each["next_step"] for each in answer.document["findings"] if each["state"] == "fail"
    )


def test_1_where_a_file_can_not_be_written(played: Played) -> None:
    full = Path("/dev/full")
    answer = played.retailsync("plan", "demo", "--date", str(played.on), "--json", "--csv", full)
    assert ended(answer) == (1, "failed", None)
    assert "No space left on device" in answer.document["error"]
