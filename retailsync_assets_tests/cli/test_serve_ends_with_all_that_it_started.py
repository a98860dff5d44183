"""The production command over sites of one's own: here the sandbox's site, whose servers do not run."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.end_to_end.clocked.page import Page
from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.process_tree import descendants

PATIENCE_SECONDS = 90


@dataclass
class Served:
    process: "subprocess.Popen[bytes]"
    port: int
    output: Path

    def until(self, what: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not what():
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.2)

    def says(self, text: str) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return text in self.output.read_text()


@contextmanager
def served(new: Retailsync) -> Generator[Served]:
    sites, port, output = create(new.home / "etc", lines=2500), free_port(), new.home / "output"
    command = [new.bin / "retailsync", "serve", "--config", sites, "--port", str(port)]
    with output.open("wb") as said, subprocess.Popen(command, cwd=new.home, stdout=said, stderr=said) as process:
        try:
            serving = Served(process, port, output)
            serving.until(lambda: serving.says("press Ctrl-C"))
            yield serving
        finally:
            process.kill()


def living(processes: list[int]) -> list[int]:
    """Without those that have ended and that nobody has asked about yet."""
    return [each for each in processes if _state(each) not in ("Z", "")]


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_on_a_signal_from_its_manager(new: Retailsync) -> None:
    with served(new) as serving:
        logs, address = serving.output.read_text().splitlines()[:2]
        folder = new.home / "etc/.retailsync/dagster"
        assert logs == f"Logs: {folder}/ui.log · {folder}/daemon.log"
        assert address.startswith(f"Dagster UI: http://127.0.0.1:{serving.port} ")
        answer = Page(serving.port).ask("{workspaceOrError {... on Workspace {locationEntries {name}}}}")
        assert answer["workspaceOrError"] == {"locationEntries": [{"name": "retailsync"}]}
        with (folder / "daemon.log").open("a") as log:
            log.write("2026-11-22 01:30:00 -0500 - dagster.daemon - WARNING - the disk is nearly full\n")
        serving.until(lambda: serving.says("daemon: 2026-11-22 01:30:00 -0500 - dagster.daemon - WARNING"))
        started = descendants(serving.process.pid)
        serving.process.send_signal(signal.SIGTERM)
        assert serving.process.wait(PATIENCE_SECONDS) == 0
        assert serving.output.read_text().endswith("Stopped: Dagster UI and daemon.\n")
        assert living(started) == []


def test_when_one_of_them_dies(new: Retailsync) -> None:
    with served(new) as serving:
        started = descendants(serving.process.pid)
        os.kill(_child(serving.process.pid, "dagster_webserver"), signal.SIGKILL)
        assert serving.process.wait(PATIENCE_SECONDS) == 1
        assert "retailsync: the Dagster UI stopped unexpectedly; see " in serving.output.read_text()
        assert living(started) == []


def _child(process: int, module: str) -> int:
    commands = {each: Path(f"/proc/{each}/cmdline").read_bytes().decode() for each in descendants(process)}
    return next(each for each, command in commands.items() if f"\0{module}\0" in command)


@pytest.mark.parametrize("command", ["serve", "dev"])
def test_nothing_is_started_over_a_file_that_is_broken(new: Retailsync, command: str) -> None:
    (new.home / "sites.toml").write_text("[sites.main]\n")
    answer = new(command, RETAILSYNC_SITES=new.home / "sites.toml")
    assert (answer.code, answer.out) == (2, "")
    assert "sites.main.time_zone: missing" in answer.err
    assert not (new.home / ".retailsync").exists()


def test_dev_leaves_sites_of_ones_own_to_serve(new: Retailsync) -> None:
    answer = new("dev", RETAILSYNC_SITES=create(new.home / "etc", lines=2500))
    assert answer.code == 2
    assert answer.err == (
        "retailsync: dev runs the sandbox, and RETAILSYNC_SITES has your sites (demo); next: retailsync serve\n"
    )


def test_a_ledger_that_does_not_answer_is_told_at_the_start(new: Retailsync) -> None:
    """Here nothing else starts, because Dagster's folder is a file."""
    sites = create(new.home / "etc", lines=2500)
    (new.home / "dagster").touch()
    url = f"mysql+pymysql://writer:canary@127.0.0.1:{free_port()}/ledger"
    named = {"RETAILSYNC_SITES": sites, "RETAILSYNC_LEDGER": url, "DAGSTER_HOME": new.home / "dagster"}
    answer = new("serve", "--port", str(free_port()), **named)
    (line,) = answer.out.splitlines()
    assert line.startswith("demo: the ledger mysql+pymysql://writer:***@")
    assert answer.code == 1
