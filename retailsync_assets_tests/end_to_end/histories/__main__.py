"""`python -m retailsync_assets_tests.end_to_end.histories [histories] [seed]`: on SQLite and MariaDB, by 5,000."""

import sys
import tempfile
import time
from pathlib import Path

from retailsync_assets_tests.end_to_end.histories.count import Count
from retailsync_assets_tests.end_to_end.histories.playing import play
from retailsync_assets_tests.end_to_end.histories.site import site
from retailsync_assets_tests.servers.mariadb import MariaDB

AT_ONCE = 5_000


def main(histories: int = 100_000, seed: int = 1) -> int:
    """Both databases in turn, batch by batch, until so many have been played on each."""
    counts = {"SQLite": Count(), "MariaDB": Count()}
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as name, MariaDB(Path(name)) as server:
        folder = Path(name)
        for batch in range(0, histories, AT_ONCE):
            number = min(AT_ONCE, histories - batch)
            places = {"SQLite": f"sqlite:///{folder / f'{batch}.db'}", "MariaDB": server.database()}
            for database, url in places.items():
                home = folder / f"{database}-{batch}"
                home.mkdir()
                counts[database].add(play(site(home), url, home, number, seed + batch))
            wrong = sum(len(count.wrong) for count in counts.values())
            print(f"{batch + number:,} in {time.monotonic() - started:.0f} s, {wrong} wrong", flush=True)
    for database, count in counts.items():
        print("\n  ".join([f"{database}:", *count.lines()]))
    return 1 if any(count.wrong for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*(int(number) for number in sys.argv[1:])))
