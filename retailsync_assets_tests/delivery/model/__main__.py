"""`python -m retailsync_assets_tests.delivery.model [workers] [epochs]`: the whole search, larger than the tests'."""

import sys
import time

from retailsync_assets_tests.delivery.model.protocol import Protocol
from retailsync_assets_tests.delivery.model.search import search


def main(workers: int = 4, epochs: int = 5) -> int:
    started = time.monotonic()
    found = search(Protocol(), workers, epochs)
    seconds = time.monotonic() - started
    outcome = " and ".join(found.wrong) or "no loss, no double"
    print(f"model: {workers} workers, {epochs} epochs: {found.states:,} states, {outcome}, {seconds:.0f} s")
    for wrong, way in found.wrong.items():
        print("\n".join([wrong, *map(str, way)]))
    return 1 if found.wrong else 0


sys.exit(main(*(int(number) for number in sys.argv[1:])))
