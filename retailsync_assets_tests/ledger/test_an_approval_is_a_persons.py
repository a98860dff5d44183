"""Who approves: the name that is given, else whom sudo acts for, else the user; never a process."""

import os
import pwd

import pytest

from retailsync_assets.errors import NotPossible
from retailsync_assets.ledger import journal
from retailsync_assets.ledger.journal import actor, approver

NAMES = ("SUDO_USER", "LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.mark.parametrize(
    "given, known, who",
    [
        ("Ada", {"SUDO_USER": "bob", "LOGNAME": "root"}, "Ada"),
        (" Ada ", {}, "Ada"),
        (None, {"SUDO_USER": "bob", "LOGNAME": "root"}, "bob"),
        ("", {"LOGNAME": "carol"}, "carol"),
        (None, {}, pwd.getpwuid(os.getuid()).pw_name),
    ],
    ids=["given", "given with blanks", "sudo", "logged in", "by user id"],
)
def test_it_is_named(monkeypatch: pytest.MonkeyPatch, given: str | None, known: dict[str, str], who: str) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    assert approver(given) == who
    assert actor().startswith(f"{journal.user_name()}@")


def test_a_user_id_without_a_name_has_to_give_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "user_name", lambda: None)
    with pytest.raises(NotPossible, match="say who approves"):
        approver(None)
    assert approver("Ada") == "Ada"


def test_a_name_that_the_ledger_has_no_room_for_is_refused() -> None:
    with pytest.raises(NotPossible, match="121 characters, the limit is 120"):
        approver("a" * 121)
