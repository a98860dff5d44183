import pytest

from retailsync_assets.resources.sftp.compression import TRIAL, pays

LARGE = 310 << 20


@pytest.mark.parametrize("rate, worth_it", [(1e6, True), (1e7, True), (2.5e7, True), (5e7, False), (2.5e8, False)])
def test_it_pays_on_a_line_that_is_slower_than_the_servers_zlib(rate: float, worth_it: bool) -> None:
    assert pays(TRIAL / rate, TRIAL, LARGE) is worth_it


def test_it_does_not_pay_for_what_comes_within_a_second_anyway() -> None:
    assert not pays(TRIAL / 1e7, TRIAL, 9_000_000)
