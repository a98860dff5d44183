"""The Dagster UI, the daemon and the nightly reports of a deployment, kept running together until a signal."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from importlib.resources import as_file, files

from rich.console import Console

from retailsync_assets.cli.child_process import child_process
from retailsync_assets.cli.log_file import LogFile
from retailsync_assets.cli.report_server import reports_served
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.errors import ConfigError, NotPossible, Unreachable
from retailsync_assets.orchestration.deployment import configured_sites, deployed_sites, sites_file
from retailsync_assets.orchestration.instance.dagster_home import prepare
from retailsync_assets.resources.site import site_resources
from retailsync_assets.sandbox.process import SandboxDidNotStart, running_sandbox

PAGE_SECONDS = 120.0
LOOK_SECONDS = 0.3
TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def serve_sites(home: Home, port: int) -> None:
    """Serve the configured sites until a signal; raises `ConfigError`, and `NotPossible` as `_serve` does."""
    sites = configured_sites()
    _check_ports(port, "serve")
    with _until_a_signal("Dagster UI and daemon"):
        _serve(home, port, sites.values())


def serve_sandbox(home: Home, port: int, lines: int | None) -> None:
    """Serve the sandbox until a signal; raises `ConfigError` where there are sites, `NotPossible` as `_serve` does."""
    if sites_file() is not None:
        names, serve = ", ".join(configured_sites()), "retailsync serve"
        raise ConfigError(f"dev runs the sandbox, and RETAILSYNC_SITES has your sites ({names}); next: {serve}", serve)
    _check_ports(port, "dev")
    with _until_a_signal("Dagster UI, daemon and sandbox"):
        console = Console(highlight=False)
        console.print("Starting the sandbox: a Retail Pro, an SFTP server and a HotWax …")
        try:
            with running_sandbox(home.folder_for("sandbox"), lines):
                _serve(home, port, deployed_sites(home).values())
        except SandboxDidNotStart as failure:
            raise NotPossible(str(failure)) from failure


def _serve(home: Home, port: int, sites: Iterable[Site]) -> None:
    """The UI listens on 127.0.0.1 only, the nightly reports are on the next port; each warning of the logs is printed.

    Raises `NotPossible` where it can't start, or if one of the programs ends by itself.
    """
    console = Console(highlight=False)
    for site in sites:
        try:  # a ledger that can't be reached is told here, not in the log of a child
            site_resources(site, home).ledger.journal_head()
        except Unreachable as away:
            console.print(f"{site.name}: {away}", markup=False, soft_wrap=True)
    folder = prepare(home)
    page_log, daemon_log = LogFile(folder / "ui.log"), LogFile(folder / "daemon.log")
    with ExitStack() as running:
        address = running.enter_context(reports_served(home.folder_for("reports"), port + 1))
        os.environ.setdefault("RETAILSYNC_REPORTS", address)
        instance = files("retailsync_assets.orchestration.instance")
        location = ["-w", str(running.enter_context(as_file(instance / "workspace.yaml")))]
        console.print(f"Logs: {page_log.file} · {daemon_log.file}", soft_wrap=True)
        # The UI first, and alone: Dagster's tables are made at its start, and two programs would make them twice.
        listening = ["-h", "127.0.0.1", "-p", str(port), *location]
        page = running.enter_context(child_process("dagster_webserver", listening, page_log.file))
        if not _answers(port, page):
            raise NotPossible(f"the Dagster UI did not start; see {page_log.file}")
        daemon = running.enter_context(child_process("dagster._daemon", ["run", *location], daemon_log.file))
        places = f"Dagster UI: http://127.0.0.1:{port} · nightly reports: {address}"
        console.print(f"{places} · press Ctrl-C to stop", soft_wrap=True)
        while page.poll() is None and daemon.poll() is None:
            time.sleep(LOOK_SECONDS)
            for log in (page_log, daemon_log):
                for line in log.new_warnings():
                    console.print(f"{log.file.stem}: {line}", markup=False, soft_wrap=True)
        ended, log = ("UI", page_log) if daemon.poll() is None else ("daemon", daemon_log)
        raise NotPossible(f"the Dagster {ended} stopped unexpectedly; see {log.file}")


@contextmanager
def _until_a_signal(what: str) -> Generator[None]:
    """A signal ends the block, and everything that it started; a second one does not cut that short."""

    def stop(*_: object) -> None:
        for number in TO_STOP:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in TO_STOP:
        signal.signal(number, stop)
    try:
        yield
    except KeyboardInterrupt:
        Console(highlight=False).print(f"Stopped: {what}.")


def _check_ports(port: int, command: str) -> None:
    for needed in (port, port + 1):
        if not _can_be_had(needed):
            raise NotPossible(f"port {needed} is in use; next: retailsync {command} --port {port + 2}")


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
        time.sleep(LOOK_SECONDS)
    return False
