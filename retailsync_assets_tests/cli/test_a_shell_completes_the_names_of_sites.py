"""As bash asks: the words so far, and which of them is being typed."""

from pathlib import Path

import pytest

from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played
from retailsync_assets_tests.cli.test_status_has_every_site_at_a_glance import TWO
from retailsync_assets_tests.config.sample import deployment


def completed(retailsync: Retailsync, words: str, **environment: str | Path) -> list[str]:
    place = str(len(words.split(" ")) - 1)
    answer = retailsync(COMP_WORDS=words, COMP_CWORD=place, _RETAILSYNC_COMPLETE="bash_complete", **environment)
    assert (answer.code, answer.err) == (0, "")
    return answer.out.split()


@pytest.mark.parametrize("command", ["explain", "status"])
def test_to_those_that_begin_so(new: Retailsync, command: str) -> None:
    sites = deployment(new.home, TWO)
    assert completed(new, f"retailsync {command} ", RETAILSYNC_SITES=sites) == ["plain,demo", "plain,other"]
    assert completed(new, f"retailsync {command} o", RETAILSYNC_SITES=sites) == ["plain,other"]


def test_to_the_demo_where_it_has_been_played(played: Played) -> None:
    assert completed(played.retailsync, "retailsync run d") == ["plain,demo"]


def test_to_nothing_where_there_is_none_and_founds_no_world(new: Retailsync) -> None:
    assert completed(new, "retailsync run d") == []
    assert list(new.home.iterdir()) == []


def test_to_nothing_where_they_can_not_be_read(new: Retailsync) -> None:
    (new.home / "sites.toml").write_text("nonsense")
    assert completed(new, "retailsync run d", RETAILSYNC_SITES=new.home / "sites.toml") == []
