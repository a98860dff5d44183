"""The sandbox as a program: an SFTP server, Retail Pro and HotWax, until it is stopped."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from retailsync_assets.sandbox.lock import Lock
from retailsync_assets.sandbox.setup import create, read
from retailsync_assets.sandbox.sftp_server import serve
from retailsync_assets.sandbox.simulation import Simulation


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the world. Exit 0: stopped when told to, or it already runs; 1: it could not start, or broke down."""
    parser = argparse.ArgumentParser(prog="python -m retailsync_assets.sandbox", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the sandbox; created if it is missing")
    parser.add_argument("--lines", type=int, default=5_200_000, help="records of a raw file, for a new sandbox")
    parser.add_argument("--poll-seconds", type=float, default=1.0, help="how often HotWax looks at its folders")
    parser.add_argument("--parent-pipe", action="store_true", help="stop when standard input ends")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    create(folder, lines=options.lines)
    lock = Lock(folder)
    if not lock.take():
        print(f"the world in {folder} already runs")
        return 0
    life = Simulation(folder, lines=read(folder).lines, poll_seconds=options.poll_seconds)
    try:
        asyncio.run(_run(folder, life, lock, parent_pipe=options.parent_pipe))
    except OSError as failure:
        print(f"the world in {folder} can't run: {failure}", file=sys.stderr)
        return 1
    return 0


async def _run(folder: Path, life: Simulation, lock: Lock, *, parent_pipe: bool) -> None:
    """Serves files in this thread and lives in another: an import or an export must not hold up a transfer."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    if parent_pipe:
        loop.add_reader(sys.stdin.fileno(), _end_of_input, told_to_stop)
    stop = threading.Event()
    async with await serve(folder / "sftp", folder / "keys", read(folder).port):
        await asyncio.to_thread(life.begin)
        lock.set_status("ready")
        print("ready", flush=True)
        living = asyncio.create_task(asyncio.to_thread(life.live, stop))
        waiting = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({living, waiting}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        waiting.cancel()
        await living


def _end_of_input(told_to_stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
        told_to_stop.set()
