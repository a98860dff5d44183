import base64
import hashlib
from pathlib import Path

import paramiko
import pytest

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH


def presented_key(server: OpenSSH | AsyncSSHServer, *algorithms: str) -> paramiko.PKey:
    with paramiko.Transport((server.host, server.port)) as transport:
        if algorithms:
            transport.get_security_options().key_types = algorithms
        transport.start_client(timeout=10)
        return transport.get_remote_server_key()


def sha256(key: paramiko.PKey) -> str:
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


def test_the_presented_key_has_the_fingerprint(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    assert [sha256(presented_key(sftp_server))] == sftp_server.fingerprints


@pytest.mark.parametrize("server_class", [OpenSSH, AsyncSSHServer])
def test_each_kind_of_host_key_has_its_fingerprint(
    server_class: type[OpenSSH] | type[AsyncSSHServer], tmp_path: Path
) -> None:
    with server_class(tmp_path / "server", host_keys=("ed25519", "ecdsa", "rsa")) as server:
        algorithms = ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512"]
        assert [sha256(presented_key(server, algorithm)) for algorithm in algorithms] == server.fingerprints
