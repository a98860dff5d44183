"""The witnesses beside the ledger, which expose one that forgot: a manifest a delivery, and HotWax's own log."""

import json
import re
from dataclasses import asdict
from datetime import date

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Fenced, SetupError
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery
from retailsync_assets.resources.atomic_file import write_atomic
from retailsync_assets.resources.oms import Oms

DELIVERIES = {"reset": "ResetInventory", "variance": "InventoryVariance"}


def write_manifest(home: Home, ledger: Ledger, delivery: Delivery) -> None:
    """Write down, before anything is published, how far this delivery is and the journal's last entry.

    Raises `Fenced` if a later epoch has begun: a manifest never goes back.
    """
    file = home.folder_for("manifests", delivery.site) / f"{delivery.file_name}.json"
    if file.is_file() and json.loads(file.read_text(encoding="utf-8"))["epoch"] > delivery.epoch:
        raise Fenced(f"{delivery.file_name}: another run has taken this delivery over")
    known = {**asdict(delivery), "journal": ledger.journal_head()}
    write_atomic(file, json.dumps(known, default=str, indent=1, sort_keys=True).encode())


def check_manifests(home: Home, ledger: Ledger) -> None:
    """Raises `SetupError` if ledger and home are not of the same moment: one of them comes from a backup.

    A manifest that knows more than the ledger would have it deliver a second time. A ledger that has published a file
    of which there is no manifest stands over a home without the rows and bytes of that file.
    """
    epochs, folder = ledger.epochs(), home.folder / "manifests" / ledger.site
    files = {file.name.removesuffix(".json"): file for file in sorted(folder.glob("*.json"))}
    for file in files.values():
        known = json.loads(file.read_text(encoding="utf-8"))
        forgotten = "journal" in known and not ledger.has_entry(known["journal"])  # the first releases kept none
        if forgotten or epochs.get(known["file_name"], -1) < known["epoch"]:
            raise SetupError(
                f"the ledger is older than its manifests: {known['file_name']} was delivered (epoch {known['epoch']})"
                f" and the ledger does not know; restore the ledger that belongs to {folder}"
            )
    missing = next((name for name in ledger.published() if name not in files), None)
    if missing is not None:
        raise SetupError(
            f"{home.folder} is older than its ledger: the ledger has published {missing}, and {folder} has no manifest"
            " of it; restore the home that belongs to the ledger"
        )


def check_import_log(ledger: Ledger, oms: Oms, on: date) -> None:
    """Raises `SetupError` if HotWax's log has a delivery of this night that the ledger does not know.

    Ledger and manifests may both come from the same old backup; HotWax's log does not. Source:
    `sql/oms/imported_files.sql`.
    """
    like = {f"{kind}_files": _literally(f"{word}_{ledger.site}_{on}_") + "%" for kind, word in DELIVERIES.items()}
    known = ledger.epochs()
    own = tuple(f"{word}_{ledger.site}_{on}_" for word in DELIVERIES.values())
    for row in oms.rows("imported_files", **like):  # whose LIKE may take a site for another of other letter case
        if row["file_name"].startswith(own) and row["file_name"] not in known:
            raise SetupError(
                f"HotWax has imported {row['file_name']}, which this ledger does not know: it is older than what it"
                " delivered, or another ledger delivers for this site; restore the ledger that delivered it"
            )


def _literally(text: str) -> str:
    return re.sub(r"([!%_])", r"!\1", text)


def foreign_delivery(ledger: Ledger, names: list[str]) -> str | None:
    """The first of these names that is built as this site's deliveries are and that the ledger does not know."""
    ours = re.compile(
        rf"({'|'.join(DELIVERIES.values())})_{re.escape(ledger.site)}_\d{{4}}-\d\d-\d\d_.+\.csv", re.ASCII
    )
    known = ledger.epochs()
    return next((name for name in names if ours.fullmatch(name) and name not in known), None)
