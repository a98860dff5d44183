"""The sandbox, the Dagster daemon and the Dagster UI, kept running together until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from retailsync_assets.cli.output.terminal import terminal
from retailsync_assets.cli.report_server import reports_served
from retailsync_assets.config.home import Home
from retailsync_assets.errors import NotPossible
from retailsync_assets.orchestration.deployment import sandbox_folder
from retailsync_assets.orchestration.instance.dagster_home import prepare
from retailsync_assets.sandbox.process import SandboxDidNotStart, running_sandbox

MODULE = "retailsync_assets.definitions"
PAGE_SECONDS = 120.0
STOP_SECONDS = 20.0


def serve(home: Home, port: int, lines: int | None) -> None:
    """Run until Ctrl-C; the Dagster UI listens on 127.0.0.1 only, the nightly reports are on the next port.

    Raises `NotPossible` where it can't start, or if one of the programs ends by itself.
    """
    console = terminal()
    folder = prepare(home)
    for needed in (port, port + 1):
        if not _can_be_had(needed):
            raise NotPossible(f"port {needed} is in use; next: retailsync dev --port {port + 2}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with ExitStack() as running:
            address = running.enter_context(reports_served(home.folder_for("reports"), port + 1))
            os.environ.setdefault("RETAILSYNC_REPORTS", address)
            world = sandbox_folder(home)
            if world is not None:
                console.print("Starting the sandbox: a Retail Pro, an SFTP server and a HotWax …")
                running.enter_context(running_sandbox(world, lines))
            # The UI first, and alone: Dagster's tables are made at its start, and two programs would make them twice.
            listening = ["-h", "127.0.0.1", "-p", str(port), "-m", MODULE]
            page = running.enter_context(child_process("dagster_webserver", listening, folder / "ui.log"))
            if not _answers(port, page):
                raise NotPossible(f"the Dagster UI did not start; see {folder / 'ui.log'}")
            daemon = running.enter_context(
                child_process("dagster._daemon", ["run", "-m", MODULE], folder / "daemon.log")
            )
            places = f"Dagster UI: http://127.0.0.1:{port} · nightly reports: {address}"
            console.print(f"{places} · press Ctrl-C to stop", soft_wrap=True)
            while page.poll() is None and daemon.poll() is None:
                time.sleep(0.3)
            raise NotPossible(f"the Dagster UI or daemon stopped unexpectedly; see the logs in {folder}")
    except SandboxDidNotStart as failure:
        raise NotPossible(str(failure)) from failure
    except KeyboardInterrupt:
        stopped = "Dagster UI, daemon and sandbox" if sandbox_folder(home) else "Dagster UI and daemon"
        console.print(f"Stopped: {stopped}.")


@contextmanager
def child_process(module: str, arguments: list[str], log: Path) -> Generator["subprocess.Popen[bytes]"]:
    """A module of Dagster's as a child process that is told to stop, and waited for, at the end."""
    with log.open("ab") as written:
        # A session of its own: Ctrl-C is for this process, which stops the others in order.
        process = subprocess.Popen(  # noqa: S603 - this interpreter, Dagster's modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _can_be_had(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _answers(port: int, page: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + PAGE_SECONDS
    while time.monotonic() < deadline and page.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.3)
    return False
