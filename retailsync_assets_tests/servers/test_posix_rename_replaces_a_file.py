import pytest

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.login import logged_in
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_posix_rename_replaces_and_plain_rename_refuses(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    (sftp_server.root / "new").write_text("new")
    (sftp_server.root / "old").write_text("old")
    with logged_in(sftp_server) as sftp:
        with pytest.raises(OSError, match=r"Failure|exists"):
            sftp.rename("new", "old")
        sftp.posix_rename("new", "old")
        assert sftp.listdir() == ["old"]
    assert (sftp_server.root / "old").read_text() == "new"
