"""`python -m retailsync_assets_tests.end_to_end.kills.consumer SERVER_ROOT SITE OMS_URL TREE`: a HotWax always looking.

It takes every `*.csv` the moment it sees it, notes its name and bytes, and imports it. `sync` on standard input is
answered when nothing is left to import, `end` with all that it took since `begin`.
"""

import hashlib
import json
import select
import sys
import time
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets_tests.end_to_end.nights.clock import moment

FOLDERS = ("ResetInventory", "InventoryVariance")
BETWEEN_LOOKS_SECONDS = 0.001
Taken = dict[str, str]


class Consumer:
    """Its own tree is HotWax's side: what it took lies there, and no hand of the product's reaches it."""

    def __init__(self, server: Path, oms_url: str, tree: Path) -> None:
        self.tree, self.taken = tree, list[Taken]()
        self.places = {folder: server / folder for folder in FOLDERS}
        self.hotwax = HotWax(create_engine(oms_url, poolclass=NullPool), tree, lambda: moment("07:45"), *FOLDERS)
        self.due = False

    def begin(self) -> None:
        self.taken.clear()
        for folder in FOLDERS:
            (self.tree / folder / "archive").mkdir(parents=True, exist_ok=True)
            (self.tree / folder / "error").mkdir(exist_ok=True)

    def look(self) -> None:
        for folder, place in self.places.items():
            for file in sorted(place.iterdir()):  # a glob takes ten times as long, and there is mostly nothing
                if file.suffix != ".csv":
                    continue
                own = file.rename(self.tree / folder / file.name)
                content = own.read_bytes()
                self.taken.append({"name": own.name, "sha256": hashlib.sha256(content).hexdigest()})
                self.due = True
        if self.due:
            try:
                self.hotwax.poll()
                self.hotwax.process()
                self.due = False
            except OperationalError:
                return  # the database was busy: at the next look


def main(root: Path, site: str, oms_url: str, tree: Path) -> None:
    consumer, looking = Consumer(root / site, oms_url, tree), False
    print("ready", flush=True)
    while True:
        if looking:
            consumer.look()
        if looking and (consumer.due or not select.select([sys.stdin], [], [], BETWEEN_LOOKS_SECONDS)[0]):
            time.sleep(0)
            continue
        match sys.stdin.readline().strip():
            case "begin":
                consumer.begin()
                looking = True
            case "sync":
                consumer.look()
            case "end":
                looking = False
            case _:
                return
        print(json.dumps(consumer.taken), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
