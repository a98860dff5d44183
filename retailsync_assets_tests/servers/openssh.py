import getpass
import itertools
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from retailsync_assets_tests.servers.free_port import free_port
from retailsync_assets_tests.servers.key_pair import KeyPair
from retailsync_assets_tests.servers.missing import required
from retailsync_assets_tests.servers.process_tree import descendants
from retailsync_assets_tests.servers.running import Running


class OpenSSH(Running):
    """A real sshd on a free port of 127.0.0.1, for the current user, started by the constructor.

    Logging in with `private_key` gives SFTP and nothing else, in the folder `root` (no chroot: `/` is the machine's).
    `options` are lines of sshd_config; they stand first, where sshd lets the first of two win.
    """

    host = "127.0.0.1"

    def __init__(
        self, folder: Path, *, host_keys: tuple[str, ...] = ("ed25519",), options: tuple[str, ...] = ()
    ) -> None:
        self.program = required("sshd", "openssh-server")
        self.folder = folder
        self.root = folder / "root"
        self.root.mkdir(parents=True)
        self.username = getpass.getuser()
        self.client_key = KeyPair(folder / "client")
        self.private_key = self.client_key.path
        self.kinds = host_keys
        self.options = options
        self.generations = itertools.count()
        self.port = free_port()
        self.rotate_host_keys()
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd's privilege separation wants it
        self.start()

    @property
    def fingerprints(self) -> list[str]:
        return [key.fingerprint for key in self.host_keys]

    @property
    def log(self) -> str:
        return (self.folder / "sshd.log").read_text()

    def rotate_host_keys(self) -> None:
        """New host keys, in force after `restart()`."""
        generation = next(self.generations)
        self.host_keys = [KeyPair(self.folder / f"host_{kind}_{generation}", kind) for kind in self.kinds]

    def start(self) -> None:
        config = self.folder / "sshd_config"
        config.write_text("\n".join([*self.options, *self.defaults(), *self.no_penalties()]) + "\n")
        with (self.folder / "sshd.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "-D", "-e", "-f", config], stdin=subprocess.DEVNULL, stderr=log
            )
        deadline = time.monotonic() + 10
        while not greets(self.host, self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"sshd does not answer:\n{self.log}")
            time.sleep(0.02)
        while self.sessions():  # the connection that was tried
            time.sleep(0.01)

    def defaults(self) -> list[str]:
        return [
            f"ListenAddress {self.host}:{self.port}",
            *(f"HostKey {key.path}" for key in self.host_keys),
            f"AuthorizedKeysFile {self.client_key.public}",
            f"PidFile {self.folder / 'sshd.pid'}",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "PermitRootLogin prohibit-password",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "MaxStartups 100",
            "Subsystem sftp internal-sftp",
            f"ForceCommand internal-sftp -d {self.root}",
        ]

    def no_penalties(self) -> list[str]:
        """Since 9.8 sshd locks an address out after wrong keys: here 127.0.0.1. Older ones reject the line."""
        line = self.folder / "no_penalties"
        line.write_text(f"HostKey {self.host_keys[0].path}\nPerSourcePenalties no\n")
        known = subprocess.run([self.program, "-t", "-f", line], capture_output=True, check=False).returncode == 0
        return ["PerSourcePenalties no"] if known else []

    def sessions(self) -> list[int]:
        """Process ids of sshd's children: the connections alive now."""
        return descendants(self.process.pid)

    def stop(self) -> None:
        """Ends the server and its connections at once, as a crash would; they do not end with it by themselves."""
        for process in [self.process.pid, *self.sessions()]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def greets(host: str, port: int) -> bool:
    """Whether something answers there; both SSH and MySQL servers speak first."""
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            return connection.recv(1) != b""
    except OSError:
        return False
