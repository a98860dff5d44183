"""(d) What an operator waits for before anything happens."""

import sys

from benchmarks.contest import Contender, compete
from benchmarks.ground import SITE
from benchmarks.ratios import Row, compare
from benchmarks.whole_night import COMMAND

HELP, STATUS, QUERY = "retailsync --help", "retailsync status", "retailsync query"
DAGSTER = "python -c 'import dagster'"


def rows(night: dict[str, str], rounds: int, seconds: float) -> list[Row]:
    """On a home with a night in it."""
    found = compete(
        [
            Contender(HELP, [COMMAND, "--help"], night),
            Contender(STATUS, [COMMAND, "status", SITE], night),
            Contender(QUERY, [COMMAND, "query", SITE, "SELECT count(*) FROM filtered_reset"], night),
            Contender(DAGSTER, [sys.executable, "-c", "import dagster"]),
        ],
        rounds,
        seconds,
    )
    return [compare("start-up", found, ours, DAGSTER) for ours in (HELP, STATUS, QUERY)]
