"""`retailsync` as it is typed: a program of its own, in a folder of its own."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def _run(self, *command: str | Path, **environment: str | Path) -> Answer:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        named = {name: str(value) for name, value in environment.items()}
        done = subprocess.run(
            command,
            cwd=self.home,
            env={**kept, **named},
            text=True,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Answer(done.returncode, done.stdout, done.stderr)
