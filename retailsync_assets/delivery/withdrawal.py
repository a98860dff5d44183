"""Before a new reset goes out, what waits of another night is taken back: it was made for another stock."""

from datetime import datetime

from retailsync_assets.delivery.import_evidence import withdrawn_name
from retailsync_assets.delivery.publisher import part_of, target_of
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Artefact, ArtefactState, Standing
from retailsync_assets.resources.sftp.session import Session
from retailsync_assets.resources.site import Workplace


def withdraw_others(place: Workplace, standing: Standing) -> None:
    """Rename every outstanding file of other nights out of HotWax's folders; raises `Waiting` if there was any.

    A file that is gone was taken: its evidence comes first. One that was still there may have been read, too: it counts
    as withdrawn only when HotWax's log has not named it for two of its polls.
    """
    waiting = [each for each in standing.outstanding if each.state is not ArtefactState.WITHDRAWING]
    if not waiting:
        return
    with place.hotwax.session() as session:
        acquired = [place.ledger.acquire(artefact, place.now()) for artefact in waiting]
        published = [mine for mine in acquired if not _never_published(place, session, mine)]
        for mine in published:
            _take_back(place, session, mine, place.now())
    if published:
        names = ", ".join(each.file_name for each in published)
        raise Waiting(f"{names} of another night had to be taken back first; HotWax may have read it")


def _never_published(place: Workplace, session: Session, mine: Artefact) -> bool:
    """Promised only, it is closed, and whoever still works on it fenced off. Where a worker died between intent and
    rename, its token, if it is still there, is destroyed: nothing went out."""
    if mine.state is ArtefactState.NEW:
        place.ledger.move(mine, place.now(), state=ArtefactState.WITHDRAWN, withdrawn_at=place.now())
        return True
    if mine.state is not ArtefactState.PUBLISHING:
        return False
    token = part_of(place.site, mine, mine.epoch)
    for epoch in mine.candidates:
        if epoch != mine.epoch and session.rename(part_of(place.site, mine, epoch), token):
            place.ledger.move(mine, place.now(), state=ArtefactState.WITHDRAWN, withdrawn_at=place.now())
            session.remove(token)
            return True
    return False


def _take_back(place: Workplace, session: Session, mine: Artefact, now: datetime) -> None:
    aside = f"{place.site.hotwax.staging_folder}/{withdrawn_name(mine, mine.epoch)}"
    if session.rename(target_of(place.site, mine), aside):
        place.ledger.move(mine, now, state=ArtefactState.WITHDRAWING, withdrawn_at=now)
    else:
        place.ledger.move(mine, now, state=ArtefactState.PUBLISHED, left_folder_at=now)
