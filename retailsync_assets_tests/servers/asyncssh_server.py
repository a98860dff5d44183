import asyncio
import getpass
import itertools
import threading
from concurrent.futures import Future
from pathlib import Path

import asyncssh

from retailsync_assets_tests.servers.key_pair import KeyPair
from retailsync_assets_tests.servers.running import Running


class ChrootedSFTP(asyncssh.SFTPServer):
    """Serves one folder as `/`. Tests subclass it to answer wrongly in one call."""

    root: Path

    def __init__(self, channel: asyncssh.SSHServerChannel) -> None:
        super().__init__(channel, chroot=str(self.root).encode())


class AsyncSSHServer(Running):
    """An SFTP server in a background thread, with OpenSSH's attributes; it shares no code with the product's sandbox.

    `sftp` is the class that answers. Unlike OpenSSH's, the session sees `root` as `/`. With a `password` it takes that
    too, from any user; `passwords` are those that were tried.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        folder: Path,
        *,
        host_keys: tuple[str, ...] = ("ed25519",),
        sftp: type[ChrootedSFTP] = ChrootedSFTP,
        password: str | None = None,
    ) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.root.mkdir(parents=True)
        self.username = getpass.getuser()
        self.client_key = KeyPair(folder / "client")
        self.private_key = self.client_key.path
        self.kinds = host_keys
        self.sftp = sftp
        self.password = password
        self.passwords: list[str] = []
        self.generations = itertools.count()
        self.port = 0
        self.rotate_host_keys()
        self.start()

    @property
    def fingerprints(self) -> list[str]:
        return [key.fingerprint for key in self.host_keys]

    def rotate_host_keys(self) -> None:
        """New host keys, in force after `restart()`."""
        generation = next(self.generations)
        self.host_keys = [KeyPair(self.folder / f"host_{kind}_{generation}", kind) for kind in self.kinds]

    def start(self) -> None:
        started: Future[int] = Future()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.serve(started)), name="asyncssh", daemon=True)
        self.thread.start()
        self.port = started.result(10)

    async def serve(self, started: Future[int]) -> None:
        self.loop = asyncio.get_running_loop()
        self.stopping = asyncio.Event()
        connections: list[asyncssh.SSHServerConnection] = []

        server = self

        class Login(asyncssh.SSHServer):
            def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
                connections.append(conn)

            def password_auth_supported(self) -> bool:
                return server.password is not None

            def validate_password(self, username: str, password: str) -> bool:
                server.passwords.append(password)
                return password == server.password

        try:
            acceptor = await asyncssh.listen(
                self.host,
                self.port,
                server_factory=Login,
                server_host_keys=[str(key.path) for key in self.host_keys],
                authorized_client_keys=str(self.client_key.public),
                sftp_factory=type("SFTP", (self.sftp,), {"root": self.root}),
                allow_scp=False,
            )
        except (OSError, ValueError, asyncssh.Error) as error:
            started.set_exception(error)
            return
        started.set_result(acceptor.get_port())
        await self.stopping.wait()
        acceptor.close()
        for connection in connections:
            connection.abort()
        await asyncio.gather(*(connection.wait_closed() for connection in connections))
        await acceptor.wait_closed()

    def stop(self) -> None:
        """Ends the server and its connections at once."""
        if self.thread.is_alive():
            self.loop.call_soon_threadsafe(self.stopping.set)
            self.thread.join()
