from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.login import logged_in
from retailsync_assets_tests.servers.openssh import OpenSSH


def test_the_session_starts_in_the_servers_root(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    (sftp_server.root / "stock.csv").write_bytes(b"upc,qty\n")
    with logged_in(sftp_server) as sftp:
        assert sftp.listdir() == ["stock.csv"]
        with sftp.open("stock.csv") as file:
            assert file.read() == b"upc,qty\n"


def test_what_is_written_lands_in_the_servers_root(sftp_server: OpenSSH | AsyncSSHServer) -> None:
    with logged_in(sftp_server) as sftp:
        sftp.mkdir("inbox")
        with sftp.open("inbox/a.csv", "w") as file:
            file.write(b"x")
    assert (sftp_server.root / "inbox" / "a.csv").read_bytes() == b"x"
