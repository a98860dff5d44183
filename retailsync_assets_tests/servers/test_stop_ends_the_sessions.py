import paramiko
import pytest

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.login import logged_in
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_a_session_does_not_outlive_its_server(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    with logged_in(sftp_server) as sftp:
        sftp.listdir()
        sftp_server.stop()
        with pytest.raises((OSError, EOFError, paramiko.SSHException)):
            sftp.listdir()
    sftp_server.start()


def test_openssh_counts_its_sessions(openssh: OpenSSH) -> None:
    assert openssh.sessions() == []
    with logged_in(openssh):
        assert openssh.sessions()
