from pathlib import Path

import asyncssh

ALGORITHMS = {"ed25519": "ssh-ed25519", "ecdsa": "ecdsa-sha2-nistp256", "rsa": "ssh-rsa"}


class KeyPair:
    """A new key pair in two files: `path` (OpenSSH format, mode 600) and `path`.pub. Of a host or of a client."""

    def __init__(self, path: Path, kind: str = "ed25519") -> None:
        key = asyncssh.generate_private_key(ALGORITHMS[kind], comment=path.name)
        self.path = path
        self.public = Path(f"{path}.pub")
        path.touch(mode=0o600)
        key.write_private_key(path)
        key.write_public_key(self.public)
        self.fingerprint = key.get_fingerprint("sha256")
        """`SHA256:…`, as OpenSSH prints it."""
