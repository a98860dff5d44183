from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import DeliveryState
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets.resources.sftp.session import SftpSession
from retailsync_assets_tests.delivery.conftest import CONTENT, Desk
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.openssh import OpenSSH

STEPS = [(Ledger, "take_over"), (SftpSession, "upload_new"), (Ledger, "update"), (SftpSession, "rename")]


class Killed(BaseException):
    """Nothing may catch this, as nothing catches SIGKILL."""


class KeptOpen(SftpServer):
    """One session for all: logging in takes longer than all that is tried here."""

    def __init__(self, session: SftpSession) -> None:
        self._session = session

    @contextmanager
    def session(self) -> Generator[SftpSession]:
        yield self._session


@pytest.fixture(scope="module")
def session(one_openssh: OpenSSH) -> Iterator[SftpSession]:
    with SftpServer(account(one_openssh), quiet_seconds=600).session() as session:
        yield session


@pytest.fixture
def desk(desk: Desk, session: SftpSession) -> Desk:
    return replace(desk, server=KeptOpen(session))


def killing(step: Callable[..., Any], number: list[int], moment: str) -> Callable[..., Any]:
    """The step, which dies before or after it took effect when the number has come down to it."""

    def dying(*arguments: Any, **named: Any) -> Any:
        number[0] -= 1
        if number[0] == 0 and moment == "before":
            raise Killed
        answer = step(*arguments, **named)
        if number[0] == 0 and moment == "after":
            raise Killed
        return answer

    return dying


def attempt(desk: Desk, number: int, moment: str) -> tuple[bool, int]:
    """Publish, to be killed at that step; whether it was, and how many files HotWax took afterwards."""
    left = [number]
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STEPS:
            patch.setattr(owner, name, killing(getattr(owner, name), left, moment))
        try:
            desk.publish()
            killed = False
        except Killed:
            killed = True
    return killed, taken(desk)


def taken(desk: Desk) -> int:
    """HotWax takes what lies in its folder."""
    files = list(desk.target.parent.iterdir())
    for file in files:
        assert file.read_bytes() == CONTENT
        file.unlink()
    return len(files)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number, again", [(1, 0), (2, 0), *product((3, 4, 5), (0, 2, 3, 4))])
def test_it_is_taken_exactly_once(desk: Desk, number: int, again: int, moment: str) -> None:
    killed, count = attempt(desk, number, moment)
    assert killed
    if again:
        count += attempt(desk, again, moment)[1]
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert count + taken(desk) == 1
    assert desk.publish().state is DeliveryState.PUBLISHED
    assert taken(desk) == 0
    assert list(desk.part(1).parent.iterdir()) == []


def test_an_attempt_has_five_such_steps(desk: Desk) -> None:
    assert attempt(desk, 6, "before") == (False, 1)
