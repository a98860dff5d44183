from pathlib import Path

from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.config.sample import deployment
from retailsync_assets_tests.servers.free_port import free_port


def test_0_where_nothing_failed_and_the_document_is_all_there_is(played: Played) -> None:
    answer = played.retailsync("doctor", "demo", "--json")
    assert answer.code == 0, answer.out
    assert list(answer.document) == ["site", "state", "findings"]
    assert (answer.document["site"], answer.document["state"]) == ("demo", "warn")
    assert {tuple(each) for each in answer.document["findings"]} == {
        ("subject", "tried", "state", "found", "next_step", "system")
    }


def test_1_where_something_failed_and_each_failure_has_its_line(new: Retailsync) -> None:
    """Nobody listens at the sample's servers, and its database is not there: three failures, each told and mended."""
    answer = new("doctor", "demo", RETAILSYNC_SITES=deployment(new.home))
    assert (answer.code, answer.err) == (1, "")
    lines = answer.out.splitlines()
    failures = [place for place, line in enumerate(lines) if line.startswith("      ✘ ")]
    assert [lines[place].split()[1] for place in failures] == [
        "retail_pro.sftp:",
        "hotwax.sftp:",
        "hotwax.oms_url:",
    ]
    assert all(lines[place + 1].startswith("        → ") for place in failures)
    assert lines[-1].endswith("3 failed")
    assert not Path(new.home, "oms.db").exists()


def test_a_ledger_that_does_not_answer_is_a_failure_among_the_others(new: Retailsync) -> None:
    url = f"mysql+pymysql://writer:canary@127.0.0.1:{free_port()}/ledger"
    answer = new("doctor", "--json", RETAILSYNC_SITES=deployment(new.home), RETAILSYNC_LEDGER=url)
    assert answer.code == 1, answer.err
    failed = [each["subject"] for each in answer.document["findings"] if each["state"] == "fail"]
    assert failed == ["ledger", "retail_pro.sftp", "hotwax.sftp", "hotwax.oms_url"]
    assert "canary" not in answer.out
