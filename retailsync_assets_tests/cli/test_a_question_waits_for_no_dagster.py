"""What is imported, not how long that takes: only what makes an asset, or shows Dagster's page, needs Dagster."""

import pytest

from retailsync_assets_tests.cli.conftest import Played

CODE = """
import sys
from retailsync_assets.cli.main import main
try:
    main({arguments!r})
except SystemExit as end:
    print()
    print(end.code, "dagster" in sys.modules, "duckdb" in sys.modules)
"""


@pytest.mark.parametrize(
    ("arguments", "ended"),
    [
        (["status"], "2 False False"),
        (["status", "demo"], "0 False False"),
        (["query", "demo", "FROM applied_inventory"], "0 False True"),
        (["explain", "demo", "--upc", "611000200071", "--store", "NYC01"], "0 False True"),
        (["run", "demo"], "0 False False"),
        (["approve", "demo", "--date", "2026-01-01", "--reason", "nothing is held"], "1 False False"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_it_is_answered_without(played: Played, arguments: list[str], ended: str) -> None:
    answer = played.retailsync.python(CODE.format(arguments=arguments))
    assert answer.out.splitlines()[-1] == ended, answer.err
