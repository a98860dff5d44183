"""What the contenders stand on: a raw file of the sandbox, a real sshd, an OMS, and a site that leads to them."""

import getpass
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import create_engine

from retailsync_assets.sandbox.hotwax.oms import create_schema, seed_oms
from retailsync_assets.sandbox.retail_pro.export_schedule import business_date, first_snapshot
from retailsync_assets.sandbox.retail_pro.raw_file import raw_file_name, write_raw_file
from retailsync_assets.sandbox.setup import INBOX, RESET_FOLDER, SFTP_FOLDERS
from retailsync_assets_tests.servers.missing import WHERE_SERVERS_LIVE
from retailsync_assets_tests.servers.openssh import OpenSSH

SITE = "bench"
CACHED_AS_OF = datetime(2026, 1, 15, 5, tzinfo=UTC)

_SITES = """\
[sites.bench]
time_zone = "America/New_York"
product_store = "STORE"
subsidiary = "1"
[sites.bench.retail_pro]
inbox = "{inbox}"
[sites.bench.retail_pro.sftp]
{account}
[sites.bench.hotwax]
oms_url = "sqlite:///oms.db"
reset_folder = "hotwax/ResetInventory"
variance_folder = "hotwax/InventoryVariance"
[sites.bench.hotwax.sftp]
{account}
[sites.bench.limits]
first_night = "pass"
"""


class Ground:
    """A folder with everything in it; `server` runs until `close()`, which removes it all."""

    def __init__(self, folder: Path, lines: int) -> None:
        if not shutil.which("sshd", path=WHERE_SERVERS_LIVE):
            raise SystemExit("the benchmarks need sshd (Debian package openssh-server)")
        self.folder = folder
        cache = folder.parent / "bench-cache" / str(lines)
        cache.mkdir(parents=True, exist_ok=True)
        self.raw = cache / raw_file_name(CACHED_AS_OF)
        if not self.raw.exists():
            print(f"making a raw file of {lines} lines …", flush=True)
            write_raw_file(cache, CACHED_AS_OF, lines=lines)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.server = OpenSSH(folder / "server")
        self._plant()

    def _plant(self) -> None:
        for place in SFTP_FOLDERS:
            (self.server.root / place).mkdir(parents=True, exist_ok=True)
        self.as_of = first_snapshot(datetime.now(UTC))
        self.on: date = business_date(self.as_of)
        self.remote = f"{INBOX}/{raw_file_name(self.as_of)}"
        os.link(self.raw, self.server.root / self.remote)
        self.account: dict[str, object] = {
            "host": self.server.host,
            "port": self.server.port,
            "username": getpass.getuser(),
            "private_key": str(self.server.private_key),
            "fingerprints": self.server.fingerprints,
        }
        account = "\n".join(f"{key} = {value!r}" for key, value in self.account.items())
        self.sites = self.folder / "sites.toml"
        self.sites.write_text(_SITES.format(inbox=INBOX, account=account), encoding="utf-8")
        oms = create_engine(f"sqlite:///{self.folder / 'oms.db'}")
        create_schema(oms)
        seed_oms(oms, self.as_of)
        oms.dispose()

    def sftp_options(self, port: int | None = None) -> list[str]:
        """OpenSSH's `sftp` onto this server: nobody's configuration, this host key and no other.

        Another `port` is that of a line to this server, which shows the same key.
        """
        known = self.folder / "known_hosts"
        key = self.server.host_keys[0].public.read_text().split()[:2]
        known.write_text(f"{SITE} {' '.join(key)}\n", encoding="utf-8")
        settings = {
            "Port": port or self.server.port,
            "HostKeyAlias": SITE,
            "UserKnownHostsFile": known,
            "IdentityFile": self.server.private_key,
            "IdentitiesOnly": "yes",
            "BatchMode": "yes",
        }
        return ["-F", os.devnull, *(f"-o{name}={value}" for name, value in settings.items())]

    @property
    def address(self) -> str:
        return f"{self.server.username}@{self.server.host}"

    def home(self, name: str) -> dict[str, str]:
        """The environment of a command with state of its own, in a folder that need not exist yet."""
        home = str(self.folder / name)
        return {"RETAILSYNC_HOME": home, "DAGSTER_HOME": f"{home}/dagster", "RETAILSYNC_SITES": str(self.sites)}

    def clear_deliveries(self) -> None:
        """Nothing lies in HotWax's folder."""
        for file in self.delivered():
            file.unlink()

    def delivered(self) -> list[Path]:
        """The reset files in HotWax's folder."""
        return list((self.server.root / RESET_FOLDER).glob("*.csv"))

    def close(self) -> None:
        """Ends the server and removes the folder: every home in it has a copy of the raw file."""
        self.server.stop()
        shutil.rmtree(self.folder)
