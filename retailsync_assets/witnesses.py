"""The second witness: a manifest a delivery beside the ledger, which exposes a ledger that forgot."""

import json
from dataclasses import asdict

from retailsync_assets.home import Home
from retailsync_assets.ledger import Ledger
from retailsync_assets.outcomes import Broken, Fenced
from retailsync_assets.records import Artefact
from retailsync_assets.whole_files import write_whole


def witness(home: Home, artefact: Artefact) -> None:
    """Write down, before anything is published, that this epoch of this delivery began; raises `Fenced` if a later
    one has. A manifest never goes back."""
    file = home.place("manifests", artefact.site) / f"{artefact.file_name}.json"
    if file.is_file() and json.loads(file.read_text(encoding="utf-8"))["epoch"] > artefact.epoch:
        raise Fenced(f"{artefact.file_name}: another run has taken this delivery over")
    write_whole(file, json.dumps(asdict(artefact), default=str, indent=1, sort_keys=True).encode())


def refuse_forgetful_ledger(home: Home, ledger: Ledger) -> None:
    """Raises `Broken` if a manifest knows of a delivery, or of an epoch of it, that the ledger does not.

    Such a ledger comes from an old backup, or is a new one over an old home: it would deliver a second time.
    """
    epochs = ledger.epochs()
    for file in sorted(home.place("manifests", ledger.site).glob("*.json")):
        known = json.loads(file.read_text(encoding="utf-8"))
        if epochs.get(known["file_name"], -1) < known["epoch"]:
            raise Broken(
                f"the ledger is older than its manifests: {known['file_name']} was delivered (epoch {known['epoch']})"
                f" and the ledger does not know; restore the ledger that belongs to {file.parent}"
            )
