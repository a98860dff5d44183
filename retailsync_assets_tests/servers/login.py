from collections.abc import Iterator
from contextlib import contextmanager

import paramiko

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH


@contextmanager
def logged_in(server: OpenSSH | AsyncSSHServer) -> Iterator[paramiko.SFTPClient]:
    """paramiko's SFTP client, logged in with the server's client key; refuses a host key that is not the server's."""
    with paramiko.Transport((server.host, server.port)) as transport:
        transport.start_client(timeout=10)
        if (presented := transport.get_remote_server_key().fingerprint) not in server.fingerprints:
            raise paramiko.SSHException(f"host key {presented} is none of {server.fingerprints}")
        transport.auth_publickey(server.username, paramiko.Ed25519Key(filename=str(server.private_key)))
        client = paramiko.SFTPClient.from_transport(transport)
        if client is None:
            raise paramiko.SSHException("no SFTP on this connection")
        with client:
            yield client
