"""`retailsync` as it is typed: a program of its own, in a folder of its own."""

import atexit
import fcntl
import json
import os
import struct
import subprocess
import tempfile
import termios
from contextlib import closing
from dataclasses import dataclass
from functools import cache
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
        """In a process of its own, forked from one that has made the imports: they take longer than most commands."""
        named = {name: str(value) for name, value in environment.items()}
        return _prepared(self.bin).call([*map(str, arguments)], self.home, {**_kept(), **named})

    def started(self, *arguments: str | Path, **environment: str | Path) -> Answer:
        """From its very start."""
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


class Prepared:
    """The program that waits with its imports made; see prepared.py."""

    def __init__(self, bin: Path) -> None:
        command = [bin / "python", "-P", Path(__file__).with_name("prepared.py")]
        self.process = subprocess.Popen(
            command, cwd=bin, env=_kept(), text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        atexit.register(self.end)

    def call(self, arguments: list[str], folder: Path, environment: dict[str, str]) -> Answer:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
            asked = {"arguments": arguments, "folder": str(folder), "environment": environment}
            print(json.dumps({**asked, "out": out.name, "err": err.name}), file=self.process.stdin)
            code = int(self.process.stdout.readline())
            return Answer(code, out.read(), err.read())

    def end(self) -> None:
        self.process.communicate()


@cache
def _prepared(bin: Path) -> Prepared:
    return Prepared(bin)


def _kept() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's end of a terminal that nobody holds any more
        return b""
