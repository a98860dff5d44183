from pathlib import Path

import asyncssh
import pytest

from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer, ChrootedSFTP
from retailsync_assets_tests.servers.login import logged_in


class NoPosixRename(ChrootedSFTP):
    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        raise asyncssh.SFTPOpUnsupported("no posix-rename here")


def test_a_server_may_refuse_one_call(tmp_path: Path) -> None:
    with AsyncSSHServer(tmp_path / "server", sftp=NoPosixRename) as server:
        (server.root / "a").write_text("a")
        with logged_in(server) as sftp, pytest.raises(OSError, match="no posix-rename here"):
            sftp.posix_rename("a", "b")
        assert (server.root / "a").exists()
