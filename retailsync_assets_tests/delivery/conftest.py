import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery import outbox
from retailsync_assets.delivery.publisher import publish
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryState
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.ledger.states import ON, reset
from retailsync_assets_tests.servers.account import account, table
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
CONTENT = b"facilityId,idValue\n" + b"NEW_YORK,012345678905\n" * 5_000
numbers = itertools.count(1)


@dataclass
class Desk:
    """Everything that publishing one promised file takes, over a folder of its own on a real SFTP server."""

    site: Site
    home: Home
    ledger: Ledger
    server: SftpServer
    folder: Path
    promised: Delivery

    @property
    def target(self) -> Path:
        return self.folder / "ResetInventory" / self.promised.file_name

    def part(self, epoch: int) -> Path:
        """Where a worker of that epoch stages the file."""
        return self.folder / ".staging" / f"{self.promised.file_name}.{epoch}.part"

    def publish(self) -> Delivery:
        return publish(self.site, self.home, self.ledger, self.server, self.promised, NOW)

    def intend(self, *epochs: int) -> None:
        """Workers of these epochs have come as far as the intent, and no further."""
        for epoch in epochs:
            mine = self.ledger.take_over(self.promised, NOW)
            assert mine.epoch == epoch
            self.ledger.update(mine, NOW, state=DeliveryState.PUBLISHING, candidates=(*mine.candidates, epoch)[-epoch:])

    @property
    def standing(self) -> Delivery:
        return self.ledger.night_state(ON).deliveries[0]

    def lying(self) -> dict[str, list[str]]:
        """What lies in HotWax's folder and in staging."""
        return {
            name: sorted(path.name for path in (self.folder / name).iterdir())
            for name in ("ResetInventory", ".staging")
        }


def desk_at(server: OpenSSH | AsyncSSHServer, tmp_path: Path, name: str, staging: str | None = None) -> Desk:
    """A desk whose folders are in `name` of the server's login folder; `staging` may lie elsewhere."""
    for folder in ("ResetInventory", "InventoryVariance", ".staging"):
        (server.root / name / folder).mkdir(parents=True)
    folders = {
        "reset_folder": f"{name}/ResetInventory",
        "variance_folder": f"{name}/InventoryVariance",
        "staging_folder": staging or f"{name}/.staging",
    }
    site, home = a_site(hotwax={**folders, "sftp": table(server)}), Home(tmp_path / "home")
    delivery = replace(reset(DeliveryState.NEW), sha256=hashlib.sha256(CONTENT).hexdigest(), size=len(CONTENT))
    outbox.save(home, delivery, CONTENT)
    ledger = Ledger(home.ledger_url, "demo")
    (promised,) = ledger.register([delivery], NOW)
    return Desk(site, home, ledger, SftpServer(account(server)), server.root / name, promised)


@pytest.fixture(scope="session")
def one_openssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSSH]:
    """One sshd for all tests that do not change it."""
    with OpenSSH(tmp_path_factory.mktemp("delivery") / "openssh") as server:
        yield server


@pytest.fixture
def desk(one_openssh: OpenSSH, tmp_path: Path) -> Desk:
    return desk_at(one_openssh, tmp_path, f"hotwax_{next(numbers)}")
