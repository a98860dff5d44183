"""Publishing one file exactly once: the staged file is a one-shot token, claimed by rename, fenced by an epoch."""

from contextlib import suppress
from datetime import datetime

from rich.filesize import decimal

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery import outbox
from retailsync_assets.delivery.manifests import foreign_delivery, write_manifest
from retailsync_assets.errors import Fenced, Held, SetupError
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, Hold
from retailsync_assets.resources.sftp.protocol import POSIX_RENAME
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession

ROOM_FACTOR = 2
"""A worker that died may have left as much again, which is swept only by the next."""


def publish(site: Site, home: Home, ledger: Ledger, server: SftpServer, delivery: Delivery, now: datetime) -> Delivery:
    """Bring a promised file to its folder once, whoever tries and however often; raises `Held` if its name is taken."""
    content = outbox.load(home, delivery)
    mine = ledger.take_over(delivery, now)
    if mine.state not in (DeliveryState.NEW, DeliveryState.PUBLISHING):
        return mine
    write_manifest(home, ledger, mine)
    target = target_of(site, mine)
    with server.session() as session:
        try:
            if mine.state is DeliveryState.PUBLISHING:
                _recover(site, session, mine, target)
            else:
                _refuse_taken_name(ledger, session, mine, target, now)
                preflight(site, session, target.rpartition("/")[0], mine.size)
                _sweep(site, session, mine)
                session.upload_new(part_of(site, mine, mine.epoch), content)
                mine = _intend(site, ledger, session, mine, now)
                write_manifest(home, ledger, mine)
                _release(session, part_of(site, mine, mine.epoch), target)
        except StillStaged:
            ledger.update(mine, now, state=DeliveryState.NEW, candidates=())
            raise
    return ledger.update(mine, now, state=DeliveryState.PUBLISHED, published_at=now)


def _intend(site: Site, ledger: Ledger, session: SftpSession, mine: Delivery, now: datetime) -> Delivery:
    """Enter the intent. Fenced off, this worker's token is nobody's: its epoch never became a candidate."""
    try:
        return ledger.update(mine, now, state=DeliveryState.PUBLISHING, candidates=(mine.epoch,))
    except Fenced:
        with suppress(FileNotFoundError):  # swept by the other
            session.remove(part_of(site, mine, mine.epoch))
        raise


def _recover(site: Site, session: SftpSession, mine: Delivery, target: str) -> None:
    """An earlier worker had the intent: claim its token, oldest first; where there is none, the file is out already."""
    token = part_of(site, mine, mine.epoch)
    for epoch in mine.candidates:
        if epoch != mine.epoch and session.rename(part_of(site, mine, epoch), token):
            _release(session, token, target)
            return


class StillStaged(SetupError):
    """The server refused to hand the file over, and its token is seen to be where it was: it can't have gone out."""


def _release(session: SftpSession, token: str, target: str) -> None:
    """The one step that gives a file to HotWax."""
    why = "there is no such folder"
    try:
        if session.rename(token, target):
            return
    except TimeoutError:
        raise  # silence is no refusal: the server may still do it, whatever it shows meanwhile
    except OSError as refused:
        why = str(refused)
    if session.stat(token) is not None:
        raise StillStaged(f"{session.server}: no rename from {token} to {target}: {why}")
    raise Fenced(f"{target}: another run has taken this delivery over")


def preflight(site: Site, session: SftpSession, folder: str, size: int) -> None:
    """Does the protocol hold here, for a file of so many bytes? Raises `SetupError` saying what to change.

    It leaves no trace in the folder.
    """
    staging = site.hotwax.staging_folder
    check_atomic_rename(session)
    check_one_file_system(session, staging, folder)
    check_room(session, staging, size)


def check_atomic_rename(session: SftpSession) -> None:
    """Raises `SetupError` where a rename is not one step."""
    if POSIX_RENAME not in session.extensions:
        raise SetupError(f"{session.server} has no {POSIX_RENAME}; a rename in two steps could deliver a file twice")


def check_one_file_system(session: SftpSession, staging: str, folder: str) -> None:
    """Raises `SetupError` where a rename from staging would copy the file; a server that doesn't say is trusted."""
    if session.file_system(staging) != session.file_system(folder):
        raise SetupError(
            f"{session.server}: staging_folder {staging} is on another file system than {folder}: move it there"
        )


def check_room(session: SftpSession, staging: str, size: int) -> None:
    """Raises `SetupError` where a file of so many bytes has no room; a server that doesn't say is trusted."""
    free, needed = session.free_bytes(staging), ROOM_FACTOR * size
    if free is not None and free < needed:
        raise SetupError(
            f"{session.server}: {staging} has {decimal(free)} free, a file needs {decimal(needed)}: free disk space"
        )


def _sweep(site: Site, session: SftpSession, mine: Delivery) -> None:
    """Take away what earlier workers staged of this file and never meant to publish: none of them is a candidate.

    A later worker's may be one by now: its file is its token, and not ours to touch.
    """
    earlier = {f"{mine.file_name}.{epoch}.part" for epoch in range(1, mine.epoch)}
    for file in session.plain_files(site.hotwax.staging_folder):
        if file.name in earlier:
            session.remove(f"{site.hotwax.staging_folder}/{file.name}")


def _refuse_taken_name(ledger: Ledger, session: SftpSession, mine: Delivery, target: str, now: datetime) -> None:
    folder = target.rpartition("/")[0]
    lying = [file.name for file in session.plain_files(folder)]
    taken = mine.file_name if mine.file_name in lying else foreign_delivery(ledger, lying)
    if taken is not None:
        reason = f"{folder}/{taken} exists and was not written by this ledger: a person or another ledger delivers here"
        ledger.raise_hold(mine.business_date, Hold("name taken", mine.file_name, reason, now))
        raise Held(reason)


def target_of(site: Site, delivery: Delivery) -> str:
    """Where HotWax polls for a file of this kind, with the file's name."""
    folder = site.hotwax.reset_folder if delivery.kind is DeliveryKind.RESET else site.hotwax.variance_folder
    return f"{folder}/{delivery.file_name}"


def part_of(site: Site, delivery: Delivery, epoch: int) -> str:
    """Where one epoch stages its token."""
    return f"{site.hotwax.staging_folder}/{delivery.file_name}.{epoch}.part"
