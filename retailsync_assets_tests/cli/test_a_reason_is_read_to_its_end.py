import io
from pathlib import Path

import pytest
from rich.console import Console

from retailsync_assets.cli.output.night import print_overview
from retailsync_assets.errors import Kind, Reason
from retailsync_assets.workflow.status import NightStatus

REASON = "HotWax has not imported ResetInventory_demo_2026-11-22_1_9602a1be8b31.csv yet"


@pytest.mark.parametrize("width", [80, 120])
def test_in_the_overview_of_all_sites(width: int) -> None:
    night = NightStatus("demo", "2026-11-22", "waiting", (Reason(Kind.WAITING, REASON),), ())
    printed = io.StringIO()
    print_overview(Console(file=printed, width=width), [night, night], Path("sites.toml"), Path("home"))
    rows = [line.split("│")[1:-1] for line in printed.getvalue().splitlines() if "│" in line]
    assert "".join(why.replace(" ", "") for *_, why in rows) == 2 * REASON.replace(" ", "")
    assert [[cell.strip() for cell in row[:3]] for row in rows if row[0].strip()] == 2 * [
        ["demo", "2026-11-22", "waiting"]
    ]
