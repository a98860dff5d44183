"""The byte gate over a file on the disk. Argument: the file."""

import sys
from pathlib import Path

from benchmarks.lap import Lap
from retailsync_assets.config.loader import RetailPro
from retailsync_assets.raw_file.stream_check import StreamCheck

CHUNK = 1 << 18


def main(raw: Path) -> None:
    settings = RetailPro.model_construct()  # the defaults: it only looks at columns, encoding and delimiter
    lap, gate = Lap(), StreamCheck(settings)
    with raw.open("rb") as file:
        while chunk := file.read(CHUNK):
            gate.feed(chunk)
    gate.result()
    lap.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
