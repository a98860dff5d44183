from collections.abc import Callable

import pytest

from retailsync_assets.errors import Unreachable, driver_message
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.resources.oms import Oms
from retailsync_assets_tests.servers.free_port import free_port


@pytest.mark.parametrize(
    "opened", [lambda url: Oms(url).now(), lambda url: Ledger(url, "demo").journal_head()], ids=["OMS", "ledger"]
)
def test_of_a_mysql_that_does_not_answer(opened: Callable[[str], object]) -> None:
    with pytest.raises(Unreachable) as refused:
        opened(f"mysql+pymysql://reader@127.0.0.1:{free_port()}/oms")
    assert ": Can't connect to MySQL server on '127.0.0.1' " in refused.value.text
    assert refused.value.text.endswith("(error 2003)")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (Exception(1142, "SELECT command denied"), "SELECT command denied (error 1142)"),
        (Exception("no such table: FACILITY"), "no such table: FACILITY"),
        (Exception("connection failed:\n  FATAL:  no role"), "connection failed: FATAL: no role"),
    ],
)
def test_on_one_line(said: Exception, line: str) -> None:
    assert driver_message(said) == line
