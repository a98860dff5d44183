import pytest

from retailsync_assets.config.loader import Site
from retailsync_assets.delivery import publisher
from retailsync_assets.errors import Fenced
from retailsync_assets.ledger.models import Delivery, DeliveryState
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.delivery.conftest import CONTENT, NOW, Desk


@pytest.fixture
def asleep(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Delivery]:
    """The first worker falls asleep before it stages; meanwhile a second comes as far as its intent."""
    second: list[Delivery] = []
    preflight = publisher.preflight

    def sleep(site: Site, session: SftpSession, folder: str, size: int) -> None:
        if not second:
            mine = desk.ledger.take_over(desk.promised, NOW)
            session.upload_new(f"{site.hotwax.staging_folder}/{desk.part(mine.epoch).name}", CONTENT)
            second.append(desk.ledger.update(mine, NOW, state=DeliveryState.PUBLISHING, candidates=(mine.epoch,)))
        preflight(site, session, folder, size)

    monkeypatch.setattr(publisher, "preflight", sleep)
    return second


def test_it_is_fenced_off(desk: Desk, asleep: list[Delivery]) -> None:
    with pytest.raises(Fenced, match="another run has taken this delivery over"):
        desk.publish()
    assert [desk.standing] == asleep
    assert desk.lying()["ResetInventory"] == []


def test_it_leaves_the_token_of_the_later_one_alone(desk: Desk, asleep: list[Delivery]) -> None:
    with pytest.raises(Fenced):
        desk.publish()
    assert desk.part(asleep[0].epoch).read_bytes() == CONTENT


def test_the_file_goes_out_all_the_same_once(desk: Desk, asleep: list[Delivery]) -> None:
    with pytest.raises(Fenced):
        desk.publish()
    assert desk.publish().epoch == asleep[0].epoch + 1
    assert desk.target.read_bytes() == CONTENT
    desk.target.unlink()
    desk.publish()
    assert desk.lying()["ResetInventory"] == []
