from pathlib import Path

import pytest

from retailsync_assets.errors import Refused
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.config.sample import FINGERPRINT
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.key_pair import KeyPair
from retailsync_assets_tests.servers.openssh import OpenSSH

ALL_KINDS = ("ed25519", "ecdsa", "rsa")


def opens(server: OpenSSH, fingerprints: list[str]) -> bool:
    with SftpServer(account(server, fingerprints=fingerprints)).session() as session:
        return session.plain_files(".") == []


def test_another_key_is_refused_naming_both(openssh: OpenSSH) -> None:
    with pytest.raises(Refused) as refused:
        opens(openssh, [FINGERPRINT])
    (line,) = str(refused.value).splitlines()
    assert line.startswith("refused: sftp://")
    assert openssh.fingerprints[0] in line
    assert FINGERPRINT in line


def test_to_another_key_nobody_logs_in(openssh: OpenSSH) -> None:
    with pytest.raises(Refused):
        opens(openssh, [FINGERPRINT])
    assert "Accepted" not in openssh.log
    assert opens(openssh, openssh.fingerprints)
    assert "Accepted publickey" in openssh.log


def test_the_key_of_another_server_is_of_no_use(openssh: OpenSSH, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        opens(openssh, [KeyPair(tmp_path / "other").fingerprint])


def test_while_a_key_is_rotated_the_old_and_the_new_one_are_pinned(openssh: OpenSSH) -> None:
    old = openssh.fingerprints
    openssh.rotate_host_keys()
    both = [*old, *openssh.fingerprints]
    assert opens(openssh, both)
    openssh.restart()
    assert opens(openssh, both)
    with pytest.raises(Refused, match="if its key was rotated, add the new fingerprint"):
        opens(openssh, old)


def test_of_several_kinds_any_one_may_be_pinned(tmp_path: Path) -> None:
    with OpenSSH(tmp_path / "openssh", host_keys=ALL_KINDS) as server:
        assert [opens(server, [fingerprint]) for fingerprint in server.fingerprints] == [True] * len(ALL_KINDS)


def test_a_server_with_nothing_but_sha1_is_refused(tmp_path: Path) -> None:
    options = ("HostKeyAlgorithms ssh-rsa",)
    with (
        OpenSSH(tmp_path / "openssh", host_keys=("rsa",), options=options) as server,
        pytest.raises(Refused, match="no host key of a safe kind"),
    ):
        opens(server, server.fingerprints)
