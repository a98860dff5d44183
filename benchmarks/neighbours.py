"""Sites side by side: one sshd, and for each a folder of folders, an OMS and a raw file of its own."""

import getpass
import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine

from benchmarks.contest import Contender, Run, measure
from benchmarks.ground import CACHED_AS_OF
from benchmarks.whole_night import COMMAND, WAITING
from retailsync_assets.sandbox.hotwax.data_manager import HotWax
from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.retail_pro.export_schedule import first_snapshot
from retailsync_assets.sandbox.retail_pro.raw_file import raw_file_name, write_raw_file
from retailsync_assets.sandbox.setup import INBOX, RESET_FOLDER, SFTP_FOLDERS, STAGING_FOLDER, VARIANCE_FOLDER
from retailsync_assets_tests.servers.openssh import OpenSSH

COMPLETE = 0
VISITS = (WAITING, WAITING, COMPLETE)
"""How each ends: the reset is out, the variance is out, the stock was read back."""

SITE = """\
[sites.{name}]
time_zone = "America/New_York"
product_store = "STORE"
subsidiary = "1"
[sites.{name}.retail_pro]
inbox = "{name}/{inbox}"
[sites.{name}.retail_pro.sftp]
{account}
[sites.{name}.hotwax]
oms_url = "sqlite:///{name}.db"
reset_folder = "{name}/{reset}"
variance_folder = "{name}/{variance}"
staging_folder = "{name}/{staging}"
[sites.{name}.hotwax.sftp]
{account}
[sites.{name}.variance]
minutes_after_reset = 0
[sites.{name}.limits]
first_night = "pass"
"""


def plant(folder: Path, server: OpenSSH, names: list[str], lines: int) -> Path:
    """Everything that their nights need; answers their sites.toml."""
    as_of = first_snapshot(datetime.now(UTC))
    raw = write_raw_file(folder, CACHED_AS_OF, lines=lines)
    account = "\n".join(
        f"{key} = {value!r}"
        for key, value in {
            "host": server.host,
            "port": server.port,
            "username": getpass.getuser(),
            "private_key": str(server.private_key),
            "fingerprints": server.fingerprints,
        }.items()
    )
    folders = {"inbox": INBOX, "reset": RESET_FOLDER, "variance": VARIANCE_FOLDER, "staging": STAGING_FOLDER}
    sites = [SITE.format(name=name, account=account, **folders) for name in names]
    together = folder / "sites.toml"
    together.write_text("".join(sites), encoding="utf-8")
    for name in names:
        for place in SFTP_FOLDERS:
            (server.root / name / place).mkdir(parents=True)
        shutil.copy(raw, server.root / name / INBOX / raw_file_name(as_of))
        oms = create_engine(f"sqlite:///{folder / name}.db")
        create_schema(oms)
        seed_oms(oms, as_of)
        oms.dispose()
    return together


def night(folder: Path, server: OpenSSH, name: str, home: dict[str, str]) -> list[Run]:
    """Visit after visit, HotWax importing in between, until the night is complete."""
    oms = create_engine(f"sqlite:///{folder / name}.db")
    folders = (f"{name}/{RESET_FOLDER}", f"{name}/{VARIANCE_FOLDER}")
    hotwax, runs = HotWax(oms, server.root, lambda: datetime.now(UTC), *folders), list[Run]()
    for ends in VISITS:
        runs.append(measure(Contender(name, [COMMAND, "run", name], home, exits=(ends,))))
        hotwax.poll()
        hotwax.process()
    oms.dispose()
    print(f"  {name}: {', '.join(f'{run.seconds:.1f} s' for run in runs)}", flush=True)
    return runs
