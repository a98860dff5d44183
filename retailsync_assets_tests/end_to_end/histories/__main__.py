"""`python -m retailsync_assets_tests.end_to_end.histories [histories] [seed]`: so many of each kind on SQLite.

A fifth of them on MariaDB, too; by 5,000.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from retailsync_assets_tests.end_to_end.histories.count import Count
from retailsync_assets_tests.end_to_end.histories.overlapping import play_overlaps
from retailsync_assets_tests.end_to_end.histories.playing import play
from retailsync_assets_tests.end_to_end.histories.site import site
from retailsync_assets_tests.servers.mariadb import MariaDB

AT_ONCE = 5_000
ON_MARIADB = 5
"""Every so-many-th batch is played there, too."""


def main(histories: int = 100_000, seed: int = 1) -> int:
    """Stock histories and overlapping imports, batch by batch, until so many of each have been played."""
    counts, overlaps = {"SQLite": Count(), "MariaDB": Count()}, {"SQLite": 0, "MariaDB": 0}
    wrong, started = list[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as name, MariaDB(Path(name)) as server:
        for first in range(0, histories, AT_ONCE):
            number = min(AT_ONCE, histories - first)
            for database, url in _databases(Path(name), server, first):
                home = Path(name) / f"{database}-{first}"
                for folder in (home / "histories", home / "overlaps"):
                    folder.mkdir(parents=True)
                counts[database].add(play(site(home), next(url), home / "histories", number, seed + first))
                judged = play_overlaps(site(home), next(url), home / "overlaps", number, seed + first)
                overlaps[database] += number
                wrong += judged.wrong
            found = len(wrong) + sum(len(count.wrong) for count in counts.values())
            print(f"{first + number:,} in {time.monotonic() - started:.0f} s, {found} wrong", flush=True)
    for database, count in counts.items():
        print("\n  ".join([f"{database}:", *count.lines(), f"{overlaps[database]:,} nights of overlapping imports"]))
    print("\n".join(wrong))
    return 1 if wrong or any(count.wrong for count in counts.values()) else 0


def _databases(folder: Path, server: MariaDB, first: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Each database that this batch is played on, with as many empty ones of it as are asked for."""
    yield "SQLite", (f"sqlite:///{folder / f'{first}-{which}.db'}" for which in range(AT_ONCE))
    if first // AT_ONCE % ON_MARIADB == 0:
        yield "MariaDB", iter(server.database, "")


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:])))
