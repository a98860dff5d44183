"""HotWax's evidence of its imports, looked up and entered in the ledger: its log, and what lies in its folders."""

from datetime import date

from retailsync_assets.delivery.import_log import imports_of
from retailsync_assets.delivery.import_verdict import note_imports
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, Hold, NightState
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets.resources.site import SiteResources

NOT_GIVEN = (DeliveryState.NEW, DeliveryState.PUBLISHING)
APPLIED = (DeliveryState.APPLIED, DeliveryState.PARTIAL)


def refresh_imports(resources: SiteResources, on: date) -> NightState:
    """What HotWax made of the files it was given, of this night and unfinished others, written to the ledger.

    Answers how the night stands then.
    """
    standing = resources.night(on)
    every = (*standing.deliveries, *standing.outstanding, *standing.given_up)
    given = [each for each in every if each.state not in NOT_GIVEN]
    if given:
        with resources.hotwax.session() as session:
            lying = _lying(resources, session, given)
        for each in given:
            delivery = _note_folder(resources, each, lying)
            imports = imports_of(delivery, resources.oms)
            note_imports(resources, delivery, imports, lies_there=delivery.file_name in lying)
            if delivery.business_date < on:
                _hold_what_came_too_late(resources, standing, delivery)
    return resources.night(on) if given else standing


def _hold_what_came_too_late(resources: SiteResources, standing: NightState, delivery: Delivery) -> None:
    """An earlier night's file that HotWax applied after it had been sent this night's reset undoes a part of that."""
    on, resets = standing.business_date, standing.current_deliveries(DeliveryKind.RESET)
    (now_known,) = (
        each
        for each in resources.ledger.night_state(delivery.business_date).deliveries
        if each.file_name == delivery.file_name
    )
    sent = min((each.published_at for each in resets if each.published_at is not None), default=None)
    applied_at = now_known.finished_at
    if now_known.state not in APPLIED or sent is None or applied_at is None or applied_at < sent:
        return
    name = delivery.file_name
    reason = (
        f"HotWax applied {name} of {delivery.business_date} after it had been sent {resets[0].file_name}:"
        " approved, the difference stays until the next nightly run corrects it"
    )
    resources.ledger.raise_hold(on, Hold("applied too late", name, reason, resources.now()))


def _lying(resources: SiteResources, session: SftpSession, given: list[Delivery]) -> set[str]:
    """The names in HotWax's folders and, where a file may have been taken back out of them, in staging."""
    settings = resources.site.hotwax
    folders = {settings.reset_folder if each.kind is DeliveryKind.RESET else settings.variance_folder for each in given}
    names = {file.name for folder in folders for file in session.plain_files(folder)}
    gone = any(each.state is DeliveryState.PUBLISHED and each.file_name not in names for each in given)
    return names | ({file.name for file in session.plain_files(settings.staging_folder)} if gone else set())


def _note_folder(resources: SiteResources, delivery: Delivery, lying: set[str]) -> Delivery:
    """What the folders say of a file: whether HotWax has taken it, or been given it again, or a withdrawal held."""
    now, ledger, lies_there = resources.now(), resources.ledger, delivery.file_name in lying
    match delivery.state:
        case DeliveryState.WITHDRAWING if lies_there:
            return ledger.update(delivery, now, state=DeliveryState.PUBLISHED, withdrawn_at=None)
        case DeliveryState.REJECTED if lies_there:
            again = f"{delivery.file_name} was given to HotWax once more by another hand"
            return ledger.update(delivery, now, state=DeliveryState.PUBLISHED, left_folder_at=None, reason=again)
        case DeliveryState.WITHDRAWING | DeliveryState.REJECTED:
            return delivery
        case DeliveryState.PUBLISHED if not lies_there and _withdrawn_names(delivery) & lying:
            return ledger.update(
                delivery, now, state=DeliveryState.WITHDRAWING, withdrawn_at=now, left_folder_at=None
            )  # who took it back died before that was entered
        case DeliveryState.PUBLISHED if not lies_there and delivery.left_folder_at is None:
            return ledger.update(delivery, now, left_folder_at=now)
        case _:
            taken = delivery.left_folder_at is not None or delivery.state is not DeliveryState.PUBLISHED
            if lies_there and taken:
                name = delivery.file_name
                reason = f"{name} lies in HotWax's folder again after it had been taken: it would be applied twice"
                ledger.raise_hold(delivery.business_date, Hold("back in its folder", name, reason, now))
            return delivery


def _withdrawn_names(delivery: Delivery) -> set[str]:
    return {withdrawn_name(delivery, epoch) for epoch in range(1, delivery.epoch + 1)}


def withdrawn_name(delivery: Delivery, epoch: int) -> str:
    """What a file is called in staging once a worker of that epoch has taken it back."""
    return f"{delivery.file_name}.{epoch}.withdrawn"
