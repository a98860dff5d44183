from pathlib import Path

import paramiko
import pytest

from retailsync_assets_tests.servers.login import logged_in
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_an_option_stands_before_the_defaults(tmp_path: Path) -> None:
    with (
        OpenSSH(tmp_path / "server", options=("PubkeyAuthentication no", "PasswordAuthentication yes")) as server,
        pytest.raises(paramiko.BadAuthenticationType),
        logged_in(server),
    ):
        pass


def test_an_option_that_sshd_does_not_know_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="NoSuchOption"):
        OpenSSH(tmp_path / "server", options=("NoSuchOption yes",))
