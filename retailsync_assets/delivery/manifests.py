"""The witnesses beside the ledger, which expose one that forgot: a manifest a delivery, and HotWax's own log."""

import json
import re
from dataclasses import asdict
from datetime import date

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Broken, Fenced
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Artefact
from retailsync_assets.resources.atomic_file import write_whole
from retailsync_assets.resources.oms import Oms

DELIVERIES = {"reset": "ResetInventory", "variance": "InventoryVariance"}


def witness(home: Home, ledger: Ledger, artefact: Artefact) -> None:
    """Write down, before anything is published, how far this delivery is and the journal's last entry.

    Raises `Fenced` if a later epoch has begun: a manifest never goes back.
    """
    file = home.place("manifests", artefact.site) / f"{artefact.file_name}.json"
    if file.is_file() and json.loads(file.read_text(encoding="utf-8"))["epoch"] > artefact.epoch:
        raise Fenced(f"{artefact.file_name}: another run has taken this delivery over")
    known = {**asdict(artefact), "journal": ledger.journal_head()}
    write_whole(file, json.dumps(known, default=str, indent=1, sort_keys=True).encode())


def refuse_forgetful_ledger(home: Home, ledger: Ledger) -> None:
    """Raises `Broken` if a manifest knows of a delivery, an epoch or a journal entry that the ledger does not.

    Such a ledger comes from an old backup, or is a new one over an old home: it would deliver a second time.
    """
    epochs = ledger.epochs()
    for file in sorted(home.place("manifests", ledger.site).glob("*.json")):
        known = json.loads(file.read_text(encoding="utf-8"))
        forgotten = "journal" in known and not ledger.has_entry(known["journal"])  # the first releases kept none
        if forgotten or epochs.get(known["file_name"], -1) < known["epoch"]:
            raise Broken(
                f"the ledger is older than its manifests: {known['file_name']} was delivered (epoch {known['epoch']})"
                f" and the ledger does not know; restore the ledger that belongs to {file.parent}"
            )


def refuse_ledger_hotwax_outran(ledger: Ledger, oms: Oms, on: date) -> None:
    """Raises `Broken` if HotWax's log has a delivery of this night that the ledger does not know.

    Ledger and manifests may both come from the same old backup; HotWax's log does not. Source:
    `sql/oms/imported_files.sql`.
    """
    like = {f"{kind}_files": _literally(f"{word}_{ledger.site}_{on}_") + "%" for kind, word in DELIVERIES.items()}
    known = ledger.epochs()
    for row in oms.rows("imported_files", **like):
        if row["file_name"] not in known:
            raise Broken(
                f"HotWax has imported {row['file_name']}, which this ledger does not know: it is older than what it"
                " delivered, or another ledger delivers for this site; restore the ledger that delivered it"
            )


def _literally(text: str) -> str:
    return re.sub(r"([!%_])", r"!\1", text)


def unknown_delivery(ledger: Ledger, names: list[str]) -> str | None:
    """The first of these names that is built as this site's deliveries are and that the ledger does not know."""
    ours = re.compile(
        rf"({'|'.join(DELIVERIES.values())})_{re.escape(ledger.site)}_\d{{4}}-\d\d-\d\d_.+\.csv", re.ASCII
    )
    known = ledger.epochs()
    return next((name for name in names if ours.fullmatch(name) and name not in known), None)
