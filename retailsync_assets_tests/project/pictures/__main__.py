"""The pictures of docs/, taken of real nights: `make pictures`. A fortnight, the last of its nights clicked through."""

import sys
import tempfile
from pathlib import Path

from retailsync_assets_tests.end_to_end.clocked.night_by_clicks import clicked_through
from retailsync_assets_tests.project.pictures.views import VIEWS, take
from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.browser import chromium

LINES = 250_000
NIGHTS = 14


def main(folder: Path) -> None:
    with (
        tempfile.TemporaryDirectory() as scratch,
        chromium() as browser,
        clicked_through(browser, Path(scratch, "home"), LINES, NIGHTS) as clicked,
    ):
        for name in VIEWS:
            print(take(name, browser, clicked, folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
