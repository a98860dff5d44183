"""The outbox: the bytes of a delivery, saved before it is promised; whatever is computed later, these are delivered."""

import hashlib

from retailsync_assets.config.home import Home
from retailsync_assets.errors import SetupError
from retailsync_assets.ledger.models import Delivery
from retailsync_assets.resources.atomic_file import write_atomic


def save(home: Home, delivery: Delivery, content: bytes) -> None:
    """Keep the bytes of a file before it is promised: whatever is recomputed later, these are delivered."""
    place = home.folder_for("outbox", delivery.site)
    write_atomic(place / delivery.file_name, content)


def load(home: Home, delivery: Delivery) -> bytes:
    """The kept bytes; raises `SetupError` if they are not those that were promised."""
    file = home.folder_for("outbox", delivery.site) / delivery.file_name
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != delivery.sha256:
        raise SetupError(f"{file} is not what the ledger promised; restore it from a backup, nothing was delivered")
    return content
