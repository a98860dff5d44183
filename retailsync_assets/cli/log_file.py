"""The log of a child process, read for what somebody should see."""

import re
from pathlib import Path

from rich.text import Text

WARNING = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|\bWarning: ")


class LogFile:
    """A log that a child process appends to; what stands in it already is of an earlier run."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read = file.stat().st_size if file.exists() else 0

    def new_warnings(self) -> list[str]:
        """The whole lines since the last look that warn of something, without colours."""
        with self.file.open("rb") as log:
            log.seek(self._read)
            whole = log.read().rpartition(b"\n")[0]
        self._read += len(whole) + 1 if whole else 0
        lines = (Text.from_ansi(line).plain for line in whole.decode(errors="replace").splitlines())
        return [line for line in lines if WARNING.search(line)]
