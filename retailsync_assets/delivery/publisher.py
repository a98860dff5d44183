"""Publishing one file exactly once: the staged file is a one-shot token, claimed by rename, fenced by an epoch."""

from contextlib import suppress
from datetime import datetime

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery.manifests import unknown_delivery, witness
from retailsync_assets.delivery.outbox import frozen
from retailsync_assets.errors import Broken, Fenced, Held
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Artefact, ArtefactState, Hold, Kind
from retailsync_assets.resources.sftp.protocol import POSIX_RENAME
from retailsync_assets.resources.sftp.server import Sftp
from retailsync_assets.resources.sftp.session import Session

ROOM_FACTOR = 2
"""A worker that died may have left as much again, which is swept only by the next."""


def publish(site: Site, home: Home, ledger: Ledger, server: Sftp, artefact: Artefact, now: datetime) -> Artefact:
    """Bring a promised file to its folder once, whoever tries and however often; raises `Held` if its name is taken."""
    content = frozen(home, artefact)
    mine = ledger.acquire(artefact, now)
    if mine.state not in (ArtefactState.NEW, ArtefactState.PUBLISHING):
        return mine
    witness(home, ledger, mine)
    target = target_of(site, mine)
    with server.session() as session:
        try:
            if mine.state is ArtefactState.PUBLISHING:
                _recover(site, session, mine, target)
            else:
                _refuse_taken_name(ledger, session, mine, target, now)
                preflight(site, session, target.rpartition("/")[0], mine.size)
                _sweep(site, session, mine)
                session.place(part_of(site, mine, mine.epoch), content)
                mine = _intend(site, ledger, session, mine, now)
                witness(home, ledger, mine)
                _hand_over(session, part_of(site, mine, mine.epoch), target)
        except StillStaged:
            ledger.move(mine, now, state=ArtefactState.NEW, candidates=())
            raise
    return ledger.move(mine, now, state=ArtefactState.PUBLISHED, published_at=now)


def _intend(site: Site, ledger: Ledger, session: Session, mine: Artefact, now: datetime) -> Artefact:
    """Enter the intent. Fenced off, this worker's token is nobody's: its epoch never became a candidate."""
    try:
        return ledger.move(mine, now, state=ArtefactState.PUBLISHING, candidates=(mine.epoch,))
    except Fenced:
        with suppress(FileNotFoundError):  # swept by the other
            session.remove(part_of(site, mine, mine.epoch))
        raise


def _recover(site: Site, session: Session, mine: Artefact, target: str) -> None:
    """An earlier worker had the intent: claim its token, oldest first; where there is none, the file is out already."""
    token = part_of(site, mine, mine.epoch)
    for epoch in mine.candidates:
        if epoch != mine.epoch and session.rename(part_of(site, mine, epoch), token):
            _hand_over(session, token, target)
            return


class StillStaged(Broken):
    """The server refused to hand the file over, and its token is seen to be where it was: it can't have gone out."""


def _hand_over(session: Session, token: str, target: str) -> None:
    """The one step that gives a file to HotWax."""
    why = "there is no such folder"
    try:
        if session.rename(token, target):
            return
    except TimeoutError:
        raise  # silence is no refusal: the server may still do it, whatever it shows meanwhile
    except OSError as refused:
        why = str(refused)
    if session.look(token) is not None:
        raise StillStaged(f"{session.server}: no rename from {token} to {target}: {why}")
    raise Fenced(f"{target}: another run has taken this delivery over")


def preflight(site: Site, session: Session, folder: str, size: int) -> None:
    """Does the protocol hold here, for a file of so many bytes? Raises `Broken` saying what to change.

    It leaves no trace in the folder.
    """
    if POSIX_RENAME not in session.extensions:
        raise Broken(f"{session.server} has no {POSIX_RENAME}; a rename in two steps could deliver a file twice")
    staging = site.hotwax.staging_folder
    if session.file_system(staging) != session.file_system(folder):
        raise Broken(
            f"{session.server}: staging_folder {staging} is on another file system than {folder}: move it there"
        )
    free = session.free_bytes(staging)
    if free is not None and free < ROOM_FACTOR * size:
        raise Broken(f"{session.server}: {staging} has {free} bytes left, {ROOM_FACTOR * size} are wanted: make room")


def _sweep(site: Site, session: Session, mine: Artefact) -> None:
    """Take away what earlier workers staged of this file and never meant to publish: none of them is a candidate.

    A later worker's may be one by now: its file is its token, and not ours to touch.
    """
    earlier = {f"{mine.file_name}.{epoch}.part" for epoch in range(1, mine.epoch)}
    for file in session.plain_files(site.hotwax.staging_folder):
        if file.name in earlier:
            session.remove(f"{site.hotwax.staging_folder}/{file.name}")


def _refuse_taken_name(ledger: Ledger, session: Session, mine: Artefact, target: str, now: datetime) -> None:
    folder = target.rpartition("/")[0]
    lying = [file.name for file in session.plain_files(folder)]
    taken = mine.file_name if mine.file_name in lying else unknown_delivery(ledger, lying)
    if taken is not None:
        reason = (
            f"{folder}/{taken} is there already and not by this ledger: another hand or another ledger delivers here"
        )
        ledger.raise_hold(mine.business_date, Hold("name taken", mine.file_name, reason, now))
        raise Held(reason)


def target_of(site: Site, artefact: Artefact) -> str:
    """Where HotWax polls for a file of this kind, with the file's name."""
    folder = site.hotwax.reset_folder if artefact.kind is Kind.RESET else site.hotwax.variance_folder
    return f"{folder}/{artefact.file_name}"


def part_of(site: Site, artefact: Artefact, epoch: int) -> str:
    """Where one epoch stages its token."""
    return f"{site.hotwax.staging_folder}/{artefact.file_name}.{epoch}.part"
