"""A program of the benchmark times its own work, without its imports, and says so in one line."""

import json
import time


class Lap:
    """Starts when it is made; `end()` prints what stopwatch.py's caller reads."""

    def __init__(self) -> None:
        self._processor = time.process_time()
        self._started = time.monotonic()

    def end(self, rows: int | None = None) -> None:
        """Seconds and processor seconds so far, and the rows made."""
        seconds, processor = time.monotonic() - self._started, time.process_time() - self._processor
        print(json.dumps({"seconds": seconds, "processor": processor, "rows": rows}))
