"""`python -m retailsync_assets_tests.end_to_end.kills.driver FOLDER SITE`: plays nights in processes to be killed.

For every `run` on standard input it forks, and the child calls `night_runner.run_night`. The child says its process id,
then each labelled step, and goes on when it is sent a byte; last its report. The driver then says how it ended.
"""

import contextlib
import gc
import importlib
import json
import os
import sys
import traceback
from collections.abc import Generator
from pathlib import Path

from retailsync_assets.config.home import Home
from retailsync_assets.config.jobs import dagster_job
from retailsync_assets.config.loader import read_sites
from retailsync_assets.orchestration.execution import job_runner, night_runner
from retailsync_assets.orchestration.jobs import JOBS
from retailsync_assets.raw_file import inbox
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.end_to_end.kills import steps
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT, SetClock

TELL = os.dup(1)
NEXT = os.dup(0)
os.dup2(2, 1)


def say(line: str) -> None:
    os.write(TELL, f"{line}\n".encode())


def step(label: str) -> None:
    say(label)
    if not os.read(NEXT, 1):
        os._exit(3)  # nobody watches any more


class OneSession(SftpServer):
    """One connection for a whole process: logging in takes longer than all else that is tried here."""

    def keep(self) -> "OneSession":
        self._quiet = 600.0
        self._opened: SftpSession | None = None
        self._until_the_end = contextlib.ExitStack()
        return self

    @contextlib.contextmanager
    def session(self) -> Generator[SftpSession]:
        if self._opened is None:
            self._opened = self._until_the_end.enter_context(super().session())
        yield self._opened


def play(resources: SiteResources, modules: Path) -> None:
    """The child: as far as the night can go, label by label."""
    say(f"pid {os.getpid()}")
    steps.label(step)
    try:
        report = night_runner.run_night(resources, NIGHT, f"pid {os.getpid()}", lambda _: None)
        modules.write_text("\n".join(sorted(sys.modules)))
        say(f"= {json.dumps(report.document())}")
    except BaseException:  # noqa: BLE001 - whatever it is, the parent has to see it
        say(f"! {json.dumps(traceback.format_exc())}")
    finally:
        os._exit(0)


def warm(modules: Path) -> None:
    """Import what the first night had to, so that its followers don't."""
    for name in modules.read_text().split() if modules.exists() else []:
        if name not in sys.modules and not name.startswith("_"):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def main(folder: Path, site_name: str) -> None:
    os.environ["DAGSTER_HOME"] = str(folder / "home" / "dagster")
    setattr(inbox, "STILL_SECONDS", 0.01)  # noqa: B010 - as a test's patch
    site, clock = read_sites(folder / "sites.toml")[site_name], SetClock()
    resources = site_resources(site, Home(folder / "home"), clock)
    one = OneSession(site.hotwax.sftp).keep()
    resources = SiteResources(site, resources.home, resources.ledger, resources.oms, one, one, clock)
    definitions = job_runner.site_definitions(site, resources, first=NIGHT)
    for job in JOBS:
        definitions.resolve_job_def(dagster_job(site_name, job))
    setattr(job_runner, "site_definitions", lambda *_, **__: definitions)  # noqa: B010
    modules = folder / "modules"
    say("ready")
    while sys.stdin.readline().lstrip("g") == "run\n":  # a child may have died before it read its byte
        warm(modules)
        gc.freeze()  # no child walks through, and so copies, what all of them share
        child = os.fork()
        if child == 0:
            play(resources, modules)
        _, status = os.waitpid(child, 0)
        say(f"end {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
