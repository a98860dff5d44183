"""`python -m benchmarks.many_sites`: twenty sites' nights on one machine, and what two thousand would be.

One sshd, one home, one ledger; each site has folders, an OMS and a raw file of 50,000 lines of its own, and its night
goes from the file to HotWax's stock read back. Each visit is `retailsync run` in a process of its own, as Dagster's
runs are, two at a time; between the visits HotWax, which is the sandbox's, imports. Writes measured/many_sites.json.
"""

import os
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from benchmarks.contest import PROJECT
from benchmarks.measured import keep
from benchmarks.neighbours import night, plant
from benchmarks.ratios import MIB
from retailsync_assets.orchestration.sensors import LOOK_SECONDS, WATCH_SECONDS
from retailsync_assets_tests.servers.openssh import OpenSSH

SITES, LINES, AT_ONCE = 20, 50_000, 2
MANY, HOURS = 2_000, 4
"""Whom the arithmetic is for, and how long their nights may take together."""
COUNTED = {
    "processor": "seconds of processor",
    "visits": "`retailsync run`",
    "dagster_runs": "Dagster runs",
    "dagster_events": "Dagster events",
    "ledger_entries": "entries in the audit log",
    "sftp_sessions": "SFTP sessions",
    "mb_of_home": "MB in the home",
}
WORDS = """\
{took}, {at_once}: {rate}.
Each run goes from the file to the reconciliation, in three visits, each `retailsync run` in a process of its
own. HotWax imports at once, and no hour passes between reset and variance: they would cost waiting, not work.

{table}

What {many} sites come to, by multiplication, not by measurement:

- Processor: {cores}, fewer where time zones spread them. Larger raw files: see above.
- Queue: `dagster.yaml` lets {queue}. What is beyond
  waits and comes in order. Nothing is lost, but a run whose turn comes after its `give_up` is missed:
  `max_concurrent_runs` is to be what cores and memory bear.
- Sensors: four a site are {looks} looks a second, that for the file with an SFTP session. They come before the runs do,
  and no daemon was tried at that. Deployments split the sites: a `sites.toml`, a code location and a daemon each.
- Ledger: {entries}, one after the other across all its sites, each on the disk before the next. SQLite
  is one machine's; with several, PostgreSQL or MySQL by `RETAILSYNC_LEDGER`.
- Dagster's storage: SQLite files, too, are one machine's. With several, PostgreSQL in `dagster.yaml`.
- Home: lake and landing are folders. A site belongs to one machine, or they lie on storage that machines share.
"""


def main() -> None:
    """Make the sites, take their nights, count, write."""
    work = PROJECT / "build"
    work.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="many-sites-") as folder:
        found = _measured(Path(folder))
    keep("many_sites", found)
    print(section(found))


def _measured(folder: Path) -> dict[str, Any]:
    names = [f"site{number:02}" for number in range(1, SITES + 1)]
    with OpenSSH(folder / "server") as server:
        sites = plant(folder, server, names, LINES)
        home = {"RETAILSYNC_HOME": str(folder / "home"), "RETAILSYNC_SITES": str(sites)}
        home["DAGSTER_HOME"] = str(folder / "home" / "dagster")
        started = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            nights = list(pool.map(lambda name: night(folder, server, name, home), names))
        seconds = time.monotonic() - started
        logins = server.log.count("Accepted publickey")
    visits = [run for night in nights for run in night]
    return {
        "sites": SITES,
        "at_once": AT_ONCE,
        "cores": os.cpu_count(),
        "seconds": round(seconds, 1),
        "processor": round(sum(run.processor for run in visits), 1),
        "peak_mib": max(run.peak_bytes for run in visits) // MIB,
        "visits": len(visits),
        "sftp_sessions": logins,
        "ledger_entries": _rows(folder / "home" / "ledger.db", "event"),
        "dagster_runs": _rows(folder / "home" / "dagster" / "history" / "runs.db", "runs"),
        "dagster_events": sum(
            _rows(file, "event_logs") for file in (folder / "home" / "dagster" / "history" / "runs").glob("*-*.db")
        ),
        "mb_of_home": round(
            sum(file.stat().st_size for file in (folder / "home").rglob("*") if file.is_file()) / 1e6, 1
        ),
    }


def _rows(file: Path, table: str) -> int:
    """How many rows a table of a SQLite file has."""
    connection = sqlite3.connect(file)
    count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
    connection.close()
    return count


def section(found: dict[str, Any]) -> str:
    """The part of the page on many sites: what was measured, and what it comes to."""
    sites, peak = found["sites"], found["peak_mib"]
    each = {words: found[key] / sites for key, words in COUNTED.items()}
    table = "\n".join(
        f"| {words} | {count:,.0f} | {count * MANY:,.0f} | {count * MANY / HOURS / 3600:,.1f} |"
        for words, count in each.items()
    )
    return WORDS.format(
        took=f"{sites} sites with raw files of {LINES:,} lines took {found['seconds']:.0f} s for one run each",
        at_once=f"{found['at_once']} at a time on {found['cores']} cores",
        rate=f"{sites / found['seconds'] * 3600:,.0f} runs an hour, {peak} MiB at most in a process",
        table=f"| | a run | {MANY:,} runs | a second, in {HOURS} hours |\n|---|---|---|---|\n{table}",
        many=f"{MANY:,}",
        cores=f"{found['processor'] / sites * MANY / HOURS / 3600:.1f} cores for {HOURS} hours",
        queue=f"{_queue()} runs be live at once, one a site: {_queue() * peak / 1024:.1f} GiB",
        looks=f"{MANY * (3 / LOOK_SECONDS + 1 / WATCH_SECONDS):,.0f}",
        entries=f"{found['ledger_entries'] / sites * MANY / HOURS / 3600:.1f} entries a second",
    )


def _queue() -> int:
    settings: Any = yaml.safe_load(
        files("retailsync_assets.orchestration.instance").joinpath("dagster.yaml").read_text(encoding="utf-8")
    )
    return settings["concurrency"]["runs"]["max_concurrent_runs"]


if __name__ == "__main__":
    main()
