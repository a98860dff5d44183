"""Where nights are killed: a world on a real OpenSSH, its driver and its consumer, and a way back to the evening."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Self

from retailsync_assets_tests.end_to_end.kills.evening import SITE, evening
from retailsync_assets_tests.end_to_end.nights.world import World
from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.openssh import OpenSSH

Kill = Callable[[int, str], float | None]
LONGEST_NIGHT = 3_000
"""Steps after which a run is taken for one that does not end."""


class Run(NamedTuple):
    """The labels of its steps, and its report; None if it was killed."""

    steps: list[str]
    report: dict[str, Any] | None


class Program:
    """A Python program of the tests', spoken to line by line."""

    def __init__(self, log: Path, name: str, *arguments: object) -> None:
        self.log = log
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"retailsync_assets_tests.end_to_end.kills.{name}", *map(str, arguments)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, text=True, bufsize=1,
            )  # fmt: skip
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.input, self.output = self.process.stdin, self.process.stdout
        assert self.hear() == "ready"

    def say(self, text: str) -> None:
        self.input.write(text)
        self.input.flush()

    def hear(self) -> str:
        line = self.output.readline().rstrip("\n")
        assert line, f"the program ended: {self.log.read_text()[-3000:]}"
        return line

    def ask(self, line: str) -> Any:
        self.say(f"{line}\n")
        return json.loads(self.hear())

    def end(self) -> None:
        self.input.close()
        self.process.wait(20)
        self.output.close()


class Ground:
    """One at a time may play on it; several lie beside each other on one server's folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = OpenSSH(folder / "sftp")
        self.world: World = evening(folder / "world", self.server)
        self.world.engine.dispose()
        self.tree = folder / "hotwax"
        self.driver = Program(folder / "driver.log", "driver", self.world.folder, SITE)
        arguments = (self.server.root, SITE, f"sqlite:///{self.world.folder / 'oms.db'}", self.tree)
        self.consumer = Program(folder / "consumer.log", "consumer", *arguments)
        self.kept = {place: folder / f"kept{number}" for number, place in enumerate(self._places())}
        for place, kept in self.kept.items():
            shutil.copytree(place, kept)

    def _places(self) -> list[Path]:
        return [self.world.folder, self.server.root]

    def restore(self) -> None:
        """It is evening again; nothing has happened yet."""
        modules = self.world.folder / "modules"
        known = modules.read_bytes() if modules.exists() else b""
        shutil.rmtree(self.tree, ignore_errors=True)
        for place, kept in self.kept.items():
            shutil.rmtree(place)
            shutil.copytree(kept, place)
        modules.write_bytes(known)

    def another_driver(self) -> Program:
        """A second one over the same home."""
        return Program(self.folder / "another.log", "driver", self.world.folder, SITE)

    def run(self, kill: Kill, driver: Program | None = None) -> Run:
        """One run; `kill(number, label)` is asked at each step for how many seconds after it SIGKILL shall come.

        The lock of a killed run has to be free at once.
        """
        driver = driver or self.driver
        driver.say("run\n")
        self.process, steps = int(driver.hear().removeprefix("pid ")), list[str]()
        while (line := driver.hear())[:2] not in ("= ", "! "):
            steps.append(line)
            assert len(steps) < LONGEST_NIGHT
            seconds = kill(len(steps), line)
            if seconds is not None:
                self.kill(driver, seconds)
                return Run(steps, None)
            driver.say("g")
        assert line[0] == "=", json.loads(line[2:])
        assert driver.hear() == "end 0"
        return Run(steps, json.loads(line[2:]))

    def kill(self, driver: Program, seconds: float) -> None:
        """Now, or so much later; the driver has to say that this was its end."""
        if seconds:
            driver.say("g")
            time.sleep(seconds)
        os.kill(self.process, signal.SIGKILL)
        while not (line := driver.hear()).startswith("end "):
            continue
        assert line == f"end {-signal.SIGKILL}"
        self.assert_unlocked()

    def assert_unlocked(self) -> None:
        lock = self.world.folder / "home" / "owners" / SITE
        if lock.exists():
            with lock.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.driver.end()
        self.consumer.end()
        self.server.stop()
