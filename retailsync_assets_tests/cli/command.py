"""`retailsync` as it is typed: a program of its own, in a folder of its own."""

import fcntl
import json
import os
import struct
import subprocess
import termios
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

OURS = ("RETAILSYNC_", "DAGSTER_", "PYTHON")


@dataclass(frozen=True)
class Answer:
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document that standard output has to be."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


@dataclass(frozen=True)
class Retailsync:
    """The installed command; `home` is the folder it is typed in."""

    bin: Path
    home: Path

    def __call__(self, *arguments: str | Path, **environment: str | Path) -> Answer:
        return self._run(self.bin / "retailsync", *arguments, **environment)

    def python(self, code: str) -> Answer:
        """Code in the same environment and folder."""
        return self._run(self.bin / "python", "-c", code)

    def on_a_terminal(self, columns: int, *arguments: str) -> list[str]:
        """The lines that a terminal so many letters wide shows, without their colours."""
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        kept = {name: value for name, value in _kept().items() if name not in ("COLUMNS", "LINES")}
        shown = b""
        with (
            closing(os.fdopen(ours, "rb", buffering=0)) as screen,
            subprocess.Popen(
                [self.bin / "retailsync", *arguments],
                cwd=self.home,
                env={**kept, "TERM": "xterm-256color"},
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
            ),
        ):
            os.close(theirs)
            while piece := _read(screen.fileno()):
                shown += piece
        return Text.from_ansi(shown.decode().replace("\r\n", "\n")).plain.splitlines()

    def _run(self, *command: str | Path, **environment: str | Path) -> Answer:
        named = {name: str(value) for name, value in environment.items()}
        done = subprocess.run(
            command,
            cwd=self.home,
            env={**_kept(), **named},
            text=True,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Answer(done.returncode, done.stdout, done.stderr)


def _kept() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's end of a terminal that nobody holds any more
        return b""
