from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, load_ssh_private_key

from retailsync_assets.errors import Refused, RetailSyncError, SetupError
from retailsync_assets.resources.sftp.server import SftpServer
from retailsync_assets_tests.servers.account import account
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.key_pair import KeyPair
from retailsync_assets_tests.servers.openssh import OpenSSH

PASSWORD = "canary »päss word«"


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_SECRET", PASSWORD)
    monkeypatch.setenv("ANOTHER", "canary of another")


@pytest.fixture
def encrypted(openssh: OpenSSH, tmp_path: Path) -> str:
    """The client's key, under a passphrase."""
    key = load_ssh_private_key(openssh.private_key.read_bytes(), password=None)
    lock = PrivateFormat.OpenSSH.encryption_builder().kdf_rounds(2).build(PASSWORD.encode())
    path = tmp_path / "encrypted"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, lock))
    return str(path)


def refusal(server: OpenSSH | AsyncSSHServer, **changes: object) -> RetailSyncError:
    with pytest.raises(RetailSyncError) as refused, SftpServer(account(server, **changes)).session():
        pass
    assert len(str(refused.value).splitlines()) == 1
    assert "canary" not in str(refused.value)
    return refused.value


def test_a_key_logs_in(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    with SftpServer(account(sftp_server)).session() as session:
        assert session.plain_files(".") == []


def test_another_key_is_refused(openssh: OpenSSH, tmp_path: Path) -> None:
    refused = refusal(openssh, private_key=str(KeyPair(tmp_path / "other").path))
    assert isinstance(refused, Refused)
    assert "refused the login" in str(refused)


def test_a_key_under_a_passphrase_logs_in(openssh: OpenSSH, encrypted: str) -> None:
    changes = {"private_key": encrypted, "passphrase": {"env": "THE_SECRET"}}
    with SftpServer(account(openssh, **changes)).session() as session:
        assert session.plain_files(".") == []


@pytest.mark.parametrize("passphrase", [None, {"env": "ANOTHER"}])
def test_without_its_passphrase_the_key_is_what_is_broken(
    openssh: OpenSSH, encrypted: str, passphrase: dict[str, str] | None
) -> None:
    broken = refusal(openssh, private_key=encrypted, passphrase=passphrase)
    assert isinstance(broken, SetupError)
    assert str(broken).startswith(f"{encrypted}: the private key can't be read")


def test_a_file_that_is_no_key_is_what_is_broken(openssh: OpenSSH, tmp_path: Path) -> None:
    (tmp_path / "no_key").write_text("-----BEGIN NONSENSE-----\n")
    assert isinstance(refusal(openssh, private_key=str(tmp_path / "no_key")), SetupError)


def test_a_password_logs_in(tmp_path: Path) -> None:
    with AsyncSSHServer(tmp_path / "server", password=PASSWORD) as server:
        changes = {"private_key": None, "password": {"env": "THE_SECRET"}}
        with SftpServer(account(server, **changes)).session() as session:
            assert session.plain_files(".") == []


def test_a_wrong_password_is_tried_once(tmp_path: Path) -> None:
    with AsyncSSHServer(tmp_path / "server", password=PASSWORD) as server:
        refused = refusal(server, private_key=None, password={"env": "ANOTHER"})
        assert isinstance(refused, Refused)
        assert server.passwords == ["canary of another"]
