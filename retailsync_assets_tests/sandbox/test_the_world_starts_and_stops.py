import json
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retailsync_assets.sandbox.process import SandboxDidNotStart, running, running_sandbox
from retailsync_assets.sandbox.setup import create, read


def program(folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "retailsync_assets.sandbox", "--folder", str(folder), "--lines", "5000"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_running_world_is_used_and_left_running(world: Path) -> None:
    with running_sandbox(world) as sites:
        assert sites == world / "sites.toml"
    assert running(world)


def test_a_second_program_says_that_the_first_one_runs(world: Path) -> None:
    with program(world) as second:
        out, _ = second.communicate(timeout=20)
    assert (second.returncode, b"already runs" in out) == (0, True)


def test_a_world_is_whole_while_it_runs_and_quiet_afterwards(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, lines=5_000) as sites:
        (raw,) = tmp_path.joinpath("sftp/retailpro/inventory/raw").iterdir()
        as_of = datetime.strptime(raw.name[-18:-4], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        assert timedelta() < datetime.now(UTC) - as_of < timedelta(minutes=6)
        with socket.create_connection(("127.0.0.1", read(sites.parent).port), timeout=5) as connection:
            assert connection.recv(8) == b"SSH-2.0-"
    assert not running(tmp_path)


def test_told_to_stop_it_still_imports_what_was_delivered(tmp_path: Path) -> None:
    with program(tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"ready\n"
        folder = tmp_path / "sftp/hotwax/ResetInventory"
        (folder / "ResetInventory_1.csv").write_text("facilityId,idType,idValue,availableQty\n")
        first.send_signal(signal.SIGTERM)
        assert first.wait(20) == 0
    with closing(sqlite3.connect(tmp_path / "oms.db")) as oms:
        assert oms.execute("SELECT STATUS_ID FROM DATA_MANAGER_LOG").fetchall() == [("SERVICE_FINISHED",)]


def test_a_world_that_cannot_start_says_why(tmp_path: Path) -> None:
    create(tmp_path, lines=5_000)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        memory = {"lines": 5_000, "port": taken.getsockname()[1]}
        (tmp_path / "sandbox.json").write_text(json.dumps(memory))
        with pytest.raises(SandboxDidNotStart, match="address already in use"), running_sandbox(tmp_path):
            pass
