"""Publishing one file exactly once: the staged file is a one-shot token, claimed by rename, fenced by an epoch."""

import hashlib
import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from retailsync_assets.home import Home
from retailsync_assets.landing import sync_folder
from retailsync_assets.ledger import Ledger
from retailsync_assets.outcomes import Broken, Fenced, Held
from retailsync_assets.records import Artefact, ArtefactState, Hold, Kind
from retailsync_assets.resources.sftp import Session, Sftp
from retailsync_assets.sites import Site


def freeze(home: Home, artefact: Artefact, content: bytes) -> None:
    """Keep the bytes of a file before it is promised: whatever is recomputed later, these are delivered."""
    place = home.place("outbox", artefact.site)
    _write(place / artefact.file_name, content)


def frozen(home: Home, artefact: Artefact) -> bytes:
    """The kept bytes; raises `Broken` if they are not those that were promised."""
    file = home.place("outbox", artefact.site) / artefact.file_name
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != artefact.sha256:
        raise Broken(f"{file} is not what the ledger promised; restore it from a backup, nothing was delivered")
    return content


def publish(site: Site, home: Home, ledger: Ledger, server: Sftp, artefact: Artefact, now: datetime) -> Artefact:
    """Bring a promised file to its folder once, whoever tries and however often; raises `Held` if its name is taken."""
    content = frozen(home, artefact)
    mine = ledger.acquire(artefact)
    if mine.state not in (ArtefactState.NEW, ArtefactState.PUBLISHING):
        return mine
    _witness(home, mine)
    target = f"{site.hotwax.reset_folder if mine.kind is Kind.RESET else site.hotwax.variance_folder}/{mine.file_name}"
    with server.session() as session:
        if mine.state is ArtefactState.PUBLISHING:
            _recover(site, session, mine, target)
        else:
            _refuse_taken_name(ledger, session, mine, target, now)
            session.place(_part(site, mine, mine.epoch), content)
            mine = ledger.move(mine, now, state=ArtefactState.PUBLISHING, candidates=(mine.epoch,))
            if not session.rename(_part(site, mine, mine.epoch), target):
                raise Fenced(f"{mine.file_name}: another run has taken this delivery over")
    return ledger.move(mine, now, state=ArtefactState.PUBLISHED, published_at=now)


def _recover(site: Site, session: Session, mine: Artefact, target: str) -> None:
    """An earlier worker had the intent: claim its token, oldest first; where there is none, the file is out already."""
    token = _part(site, mine, mine.epoch)
    for epoch in mine.candidates:
        if epoch != mine.epoch and session.rename(_part(site, mine, epoch), token):
            session.rename(token, target)
            return


def _refuse_taken_name(ledger: Ledger, session: Session, mine: Artefact, target: str, now: datetime) -> None:
    if session.look(target) is not None:
        reason = f"{target} is there already and not by this ledger: another hand or another ledger delivers here"
        ledger.raise_hold(mine.business_date, Hold("name taken", mine.file_name, reason, now))
        raise Held(reason)


def _part(site: Site, artefact: Artefact, epoch: int) -> str:
    return f"{site.hotwax.staging_folder}/{artefact.file_name}.{epoch}.part"


def _witness(home: Home, artefact: Artefact) -> None:
    manifest = json.dumps(asdict(artefact), default=str, indent=1, sort_keys=True)
    _write(home.place("manifests", artefact.site) / f"{artefact.file_name}.json", manifest.encode())


def _write(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    with part.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    part.replace(file)
    sync_folder(file.parent)
