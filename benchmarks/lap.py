"""A program of the benchmark times its own work, without its imports, and says so in one line."""

import json
import time


class Lap:
    """Starts when it is made; `end()` prints what stopwatch.py's caller reads."""

    def __init__(self) -> None:
        self._processor = time.process_time()
        self._started = time.monotonic()

    def end(self, rows: int | None = None, seconds: float | None = None) -> None:
        """Seconds and processor seconds so far, and the rows made; other seconds, where somebody else measured them."""
        processor = time.process_time() - self._processor
        seconds = time.monotonic() - self._started if seconds is None else seconds
        print(json.dumps({"seconds": seconds, "processor": processor, "rows": rows}))
