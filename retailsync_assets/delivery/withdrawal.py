"""Before a new reset goes out, what waits of another night is taken back: it was made for another stock."""

from datetime import datetime

from retailsync_assets.delivery.import_evidence import withdrawn_name
from retailsync_assets.delivery.publisher import part_of, target_of
from retailsync_assets.errors import Waiting
from retailsync_assets.ledger.models import Delivery, DeliveryState, NightState
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.site import SiteResources


def withdraw_others(resources: SiteResources, standing: NightState) -> None:
    """Rename every outstanding file of other nights out of HotWax's folders; raises `Waiting` if there was any.

    A file that is gone was taken: its evidence comes first. One that was still there may have been read, too: it counts
    as withdrawn only when HotWax's log has not named it for two of its polls.
    """
    waiting = [each for each in standing.outstanding if each.state is not DeliveryState.WITHDRAWING]
    if not waiting:
        return
    with resources.hotwax.session() as session:
        acquired = [resources.ledger.take_over(delivery, resources.now()) for delivery in waiting]
        published = [mine for mine in acquired if not _never_published(resources, session, mine)]
        for mine in published:
            _take_back(resources, session, mine, resources.now())
    if published:
        names = ", ".join(each.file_name for each in published)
        raise Waiting(f"{names} of another night had to be taken back first; HotWax may have read it")


def _never_published(resources: SiteResources, session: SftpSession, mine: Delivery) -> bool:
    """Promised only, it is closed, and whoever still works on it fenced off. Where a worker died between intent and
    rename, its token, if it is still there, is destroyed: nothing went out."""
    if mine.state is DeliveryState.NEW:
        resources.ledger.update(mine, resources.now(), state=DeliveryState.WITHDRAWN, withdrawn_at=resources.now())
        return True
    if mine.state is not DeliveryState.PUBLISHING:
        return False
    token = part_of(resources.site, mine, mine.epoch)
    for epoch in mine.candidates:
        if epoch != mine.epoch and session.rename(part_of(resources.site, mine, epoch), token):
            resources.ledger.update(mine, resources.now(), state=DeliveryState.WITHDRAWN, withdrawn_at=resources.now())
            session.remove(token)
            return True
    return False


def _take_back(resources: SiteResources, session: SftpSession, mine: Delivery, now: datetime) -> None:
    aside = f"{resources.site.hotwax.staging_folder}/{withdrawn_name(mine, mine.epoch)}"
    if session.rename(target_of(resources.site, mine), aside):
        resources.ledger.update(mine, now, state=DeliveryState.WITHDRAWING, withdrawn_at=now)
    else:
        resources.ledger.update(mine, now, state=DeliveryState.PUBLISHED, left_folder_at=now)
