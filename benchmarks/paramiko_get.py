"""paramiko's `get()` as it comes. Arguments: port, user, private key, remote, target."""

import sys

import paramiko

from benchmarks.lap import Lap


def main(port: int, user: str, key: str, remote: str, target: str) -> None:
    lap = Lap()
    with paramiko.Transport(("127.0.0.1", port)) as transport:
        transport.connect(username=user, pkey=paramiko.PKey.from_path(key))
        client = paramiko.SFTPClient.from_transport(transport)
        if client is None:
            raise SystemExit("no SFTP there")
        client.get(remote, target)
    lap.end()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:6])
