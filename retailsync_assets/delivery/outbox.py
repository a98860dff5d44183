"""The outbox: the bytes of a delivery, saved before it is promised; whatever is computed later, these are delivered."""

import hashlib

from retailsync_assets.config.home import Home
from retailsync_assets.errors import Broken
from retailsync_assets.ledger.models import Artefact
from retailsync_assets.resources.atomic_file import write_whole


def freeze(home: Home, artefact: Artefact, content: bytes) -> None:
    """Keep the bytes of a file before it is promised: whatever is recomputed later, these are delivered."""
    place = home.place("outbox", artefact.site)
    write_whole(place / artefact.file_name, content)


def frozen(home: Home, artefact: Artefact) -> bytes:
    """The kept bytes; raises `Broken` if they are not those that were promised."""
    file = home.place("outbox", artefact.site) / artefact.file_name
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != artefact.sha256:
        raise Broken(f"{file} is not what the ledger promised; restore it from a backup, nothing was delivered")
    return content
