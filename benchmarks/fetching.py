"""(a) The raw file over SFTP from a real sshd on loopback, and from one 80 ms away."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.contest import Contender, compete
from benchmarks.far_line import FarLine
from benchmarks.ground import Ground
from benchmarks.ratios import Row, compare

OURS, UNGATED = "Session.fetch, byte gate, file", "Session.fetch, file"
OPENSSH, PARAMIKO = "OpenSSH sftp get", "paramiko get()"
ROUND_TRIP_SECONDS = 0.08
FAR_BYTES = 48 << 20


def rows(ground: Ground, rounds: int, seconds: float) -> list[Row]:
    """On loopback, where the processor decides."""
    near = compete(_contenders(ground, ground.remote, ground.server.port), rounds, seconds)
    return [
        compare("fetch", near, OURS, OPENSSH, 1 / 0.8, "≥ 0.8 × its rate"),
        compare("fetch", near, UNGATED, OPENSSH),
        compare("fetch", near, OURS, PARAMIKO),
    ]


def far_rows(ground: Ground, rounds: int, seconds: float) -> list[Row]:
    """At a round trip of 80 ms, where pipelining decides; the first part of the file, cut at a line."""
    start = ground.raw.open("rb").read(FAR_BYTES)
    remote = "far.csv"
    (ground.server.root / remote).write_bytes(start[: start.rindex(b"\n") + 1])
    with FarLine(ground.server.port, ROUND_TRIP_SECONDS) as line:
        far = compete(_contenders(ground, remote, line.port)[:2], min(rounds, 3), seconds)
    return [compare("fetch, 80 ms away", far, OURS, OPENSSH, 1.0, "≥ 1.0 × its rate")]


def _contenders(ground: Ground, remote: str, port: int) -> list[Contender]:
    module = [sys.executable, "-m"]
    settings = json.dumps({"inbox": ".", "sftp": {**ground.account, "port": port}})
    key, user = ground.server.private_key, ground.server.username
    target = ground.folder / "fetched.csv"
    sftp = ["sftp", "-q", *ground.sftp_options(port), f"{ground.address}:{remote}", target]
    ours = [*module, "benchmarks.our_fetch", settings, remote, target]
    return [
        Contender(OURS, [*ours, "gate"], prepare=_without(target)),
        Contender(OPENSSH, sftp, prepare=_without(target)),
        Contender(
            PARAMIKO,
            [*module, "benchmarks.paramiko_get", str(port), user, key, remote, target],
            prepare=_without(target),
        ),
        Contender(UNGATED, [*ours, "no-gate"], prepare=_without(target)),
    ]


def _without(file: Path) -> Callable[[], dict[str, str]]:
    def prepare() -> dict[str, str]:
        file.unlink(missing_ok=True)
        os.sync()  # what the last one left to write is not this one's to wait for
        return {}

    return prepare
