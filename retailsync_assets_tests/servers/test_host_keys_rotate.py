import paramiko
import pytest

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.login import logged_in
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_after_a_rotation_the_same_port_shows_another_key(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    before, port = sftp_server.fingerprints, sftp_server.port
    sftp_server.rotate_host_keys()
    with pytest.raises(paramiko.SSHException, match="is none of"), logged_in(sftp_server):
        pass  # the new keys are not in force yet
    sftp_server.restart()
    with logged_in(sftp_server) as sftp:
        assert sftp.listdir() == []
    assert sftp_server.port == port
    assert not set(before) & set(sftp_server.fingerprints)
