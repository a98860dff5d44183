"""(c) From the raw file on one SFTP server to the reset delivered on another: ours beside a shell script."""

import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.contest import PROJECT, Contender, Run, compete, measure
from benchmarks.ground import SITE, Ground
from benchmarks.ratios import Row, compare

COLD, WARM = "retailsync run, cold shell", "the same in a warm process"
SHELL = "shell: sftp get, DuckDB, sftp put"
COMMAND = str(Path(sys.executable).with_name("retailsync"))
FAILED, WAITING = 1, 3
"""Exit codes: the second is that of a night that has delivered its reset and waits for HotWax, which is not here."""


def used_home(ground: Ground) -> dict[str, str]:
    """A home with its databases made, as any but the first night finds it: last night's file never came."""
    home, before = ground.home("used-home"), (ground.on - timedelta(days=1)).isoformat()
    measure(Contender("an earlier run", [COMMAND, "run", SITE, "--date", before], home, exits=(FAILED, WAITING)))
    if not Path(home["RETAILSYNC_HOME"], "ledger.db").exists():
        raise SystemExit("retailsync run does not get as far as its ledger: try retailsync demo")
    return home


def one_night(ground: Ground, used: dict[str, str]) -> tuple[dict[str, str], Run]:
    """A home that has delivered a night, and what that took."""
    home, delivered = ground.home("night-home"), _delivered(ground)
    renew = _renewed(ground, used, home)
    run = measure(Contender(COLD, [COMMAND, "run", SITE], home, renew, delivered, (WAITING,)))
    return home, run


def rows(ground: Ground, used: dict[str, str], rounds: int, seconds: float) -> list[Row]:
    """The night over and over, each time from the same state."""
    home, delivered = ground.home("home"), _delivered(ground)
    renew = _renewed(ground, used, home)
    work = ground.folder / "shell"
    work.mkdir()
    script = Path(__file__).with_name("shell_night.sh").relative_to(PROJECT)
    found = compete(
        [
            Contender(COLD, [COMMAND, "run", SITE], home, renew, delivered, (WAITING,)),
            Contender(WARM, [sys.executable, "-m", "benchmarks.our_night", SITE], home, renew, delivered),
            Contender(
                SHELL,
                [
                    *("sh", script, *ground.sftp_options(), "--", ground.address, ground.remote),
                    *(sys.executable, ground.folder / "keys.json", work),
                ],
                prepare=_renewed(ground, used, home),
                verify=delivered,
            ),
        ],
        rounds,
        seconds,
    )
    return [
        compare("nightly run", found, COLD, SHELL, 2.0),
        compare("nightly run", found, WARM, SHELL, 1.3),
    ]


def _renewed(ground: Ground, used: dict[str, str], home: dict[str, str]) -> Callable[[], dict[str, str]]:
    def prepare() -> dict[str, str]:
        ground.clear_deliveries()
        folder = Path(home["RETAILSYNC_HOME"])
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(used["RETAILSYNC_HOME"], folder)
        return {}

    return prepare


def _delivered(ground: Ground) -> Callable[[], None]:
    def verify() -> None:
        if len(ground.delivered()) != 1:
            raise SystemExit("a run has ended without its reset in HotWax's folder")

    return verify
