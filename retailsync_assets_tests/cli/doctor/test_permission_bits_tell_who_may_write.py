import pytest

from retailsync_assets.cli.doctor.home import room
from retailsync_assets.cli.doctor.oms import beyond_reading
from retailsync_assets.cli.doctor.permissions import may_write
from retailsync_assets.resources.sftp.session import Permissions


@pytest.mark.parametrize(
    "uid, gid, mode, answer",
    [
        (1001, 9, 0o700, True),  # mine
        (1001, 9, 0o577, False),  # mine, and closed to me alone
        (1002, 1001, 0o770, True),  # of my group
        (1002, 1001, 0o707, False),  # closed to my group, whatever others may
        (1002, 9, 0o707, True),  # open to everybody
        (1002, 9, 0o775, None),  # open to a group that may be one of mine
        (1002, 9, 0o755, False),
        (1002, 9, 0o702, False),  # to write without entering is nothing
    ],
)
def test_permission_bits_tell_who_may_write(uid: int, gid: int, mode: int, answer: bool | None) -> None:
    own = Permissions(1001, 1001, 0o640)
    assert may_write(Permissions(uid, gid, mode), own) is answer
    assert may_write(Permissions(uid, gid, mode), Permissions(0, 0, 0o640)) is True


@pytest.mark.parametrize("left, state", [(9_999, "ok"), (1_000, "ok"), (999, "warn"), (200, "warn"), (199, "fail")])
def test_room_is_counted_in_raw_files(left: int, state: str) -> None:
    assert room(left, 100).state == state


@pytest.mark.parametrize(
    "grant, beyond",
    [
        ("GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*0'", set[str]()),
        ("GRANT SELECT, SHOW VIEW ON `oms`.* TO `a`@`%`", set[str]()),
        ("GRANT SELECT (A, B), INSERT (A) ON `oms`.`T` TO `a`@`%`", {"INSERT"}),
        ("GRANT ALL PRIVILEGES ON *.* TO `a`@`%` WITH GRANT OPTION", {"ALL PRIVILEGES"}),
        ("GRANT `reader`@`%` TO `a`@`%`", set[str]()),
    ],
)
def test_a_grant_is_read(grant: str, beyond: set[str]) -> None:
    assert beyond_reading(grant) == beyond
