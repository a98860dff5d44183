from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from retailsync_assets_tests.raw_file.damage.filtering import Filter
from retailsync_assets_tests.raw_file.damage.harm import damaged
from retailsync_assets_tests.raw_file.damage.law import ORIGINAL, broken_by
from retailsync_assets_tests.raw_file.damage.sample import CONTENT


@pytest.fixture(scope="module")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filter]:
    filtered = Filter(tmp_path_factory.mktemp("damage"))
    yield filtered
    filtered.close()


def test_the_whole_file_is_delivered(filtered: Filter) -> None:
    assert filtered.reset(CONTENT) == ORIGINAL
    assert len(ORIGINAL) == 8


@pytest.mark.timeout(900)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged(CONTENT))
def test_five_hundred_damaged_files(filtered: Filter, content: bytes) -> None:
    assert broken_by(filtered, content) == ""
