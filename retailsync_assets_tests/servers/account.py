from pathlib import Path
from typing import Any

from retailsync_assets.config.loader import SftpAccount
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH


def table(server: OpenSSH | AsyncSSHServer, **changes: Any) -> dict[str, Any]:
    """The `[….sftp]` table of sites.toml that leads to a server; None takes a key away."""
    keys = {
        "host": server.host,
        "port": server.port,
        "username": server.username,
        "private_key": str(server.private_key),
        "fingerprints": server.fingerprints,
        **changes,
    }
    return {key: value for key, value in keys.items() if value is not None}


def account(server: OpenSSH | AsyncSSHServer, **changes: Any) -> SftpAccount:
    return SftpAccount.model_validate(table(server, **changes), context={"folder": Path("/")})
