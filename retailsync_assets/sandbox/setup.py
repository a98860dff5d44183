"""Creates a sandbox: its folders, keys, a port of its own and its sites.toml."""

import base64
import hashlib
import json
import random
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

ACCOUNTS = ("retailpro", "hotwax")
INBOX = "retailpro/inventory/raw"
RESPONSES = "retailpro/orders/responses"
RESET_FOLDER = "hotwax/ResetInventory"
VARIANCE_FOLDER = "hotwax/InventoryVariance"
STAGING_FOLDER = "hotwax/.staging"
SFTP_FOLDERS = (
    INBOX,
    RESPONSES,
    *(f"{folder}{side}" for folder in (RESET_FOLDER, VARIANCE_FOLDER) for side in ("", "/archive", "/error")),
    STAGING_FOLDER,
)

# Below the ports that Linux and macOS hand to outgoing connections: the number is kept for the world's whole life.
_PORTS = range(20_022, 32_000)

_SITES = """\
# Written by the sandbox (retailsync_assets.sandbox) when it created this folder; it is never rewritten.

[sites.demo]
time_zone         = "America/New_York"
product_store     = "STORE"
subsidiary        = "1"

[sites.demo.retail_pro]
inbox             = "{inbox}"

[sites.demo.retail_pro.sftp]
host              = "127.0.0.1"
port              = {port}
username          = "retailpro"
private_key       = "keys/retailpro"
fingerprints      = ["{fingerprint}"]

[sites.demo.retail_pro.acknowledgements]
folder            = "{responses}"

[sites.demo.hotwax]
oms_url           = "sqlite:///oms.db"
reset_folder      = "{reset}"
variance_folder   = "{variance}"
staging_folder    = "{staging}"

[sites.demo.hotwax.sftp]
host              = "127.0.0.1"
port              = {port}
username          = "hotwax"
private_key       = "keys/hotwax"
fingerprints      = ["{fingerprint}"]

[sites.demo.variance]
minutes_after_reset = 0      # the demo skips the waiting period; a real site waits 60 minutes

[sites.demo.limits]
first_night       = "pass"   # a new sandbox has no earlier business date to compare with
"""


@dataclass(frozen=True)
class SandboxSettings:
    """What a sandbox keeps of its creation: `lines` of its raw files, and the `port` of its SFTP server."""

    lines: int
    port: int


def create(folder: Path, *, lines: int = 5_200_000) -> Path:
    """Creates what is missing of the sandbox in `folder`; returns its sites.toml. The first `lines` stay."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in SFTP_FOLDERS:
        folder.joinpath("sftp", place).mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    for name in ("host", *ACCOUNTS):
        if not (keys / name).exists():
            _write_whole(keys / name, _new_key())
    memory = folder / "sandbox.json"
    if not memory.exists():
        _write_whole(memory, json.dumps(asdict(SandboxSettings(lines, _free_port()))).encode())
    sites = folder / "sites.toml"
    if not sites.exists():
        fields = {
            "port": read(folder).port,
            "fingerprint": fingerprint(keys / "host"),
            "inbox": INBOX,
            "responses": RESPONSES,
            "reset": RESET_FOLDER,
            "variance": VARIANCE_FOLDER,
            "staging": STAGING_FOLDER,
        }
        _write_whole(sites, _SITES.format_map(fields).encode())
    return sites


def read(folder: Path) -> SandboxSettings:
    """The settings of the sandbox in `folder`. Raises FileNotFoundError where there is none."""
    return SandboxSettings(**json.loads((folder / "sandbox.json").read_text(encoding="utf-8")))


def public_key(private: Path) -> bytes:
    """The OpenSSH line, `ssh-ed25519 AAAA…`, of the private key in that file."""
    key = load_ssh_private_key(private.read_bytes(), password=None)
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)


def fingerprint(private: Path) -> str:
    """`SHA256:…` as `ssh-keygen -l` prints it."""
    blob = base64.b64decode(public_key(private).split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def _write_whole(path: Path, content: bytes) -> None:
    """If creation is killed, no partial file is left: the next one would mistake it for a complete one."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)
    part.write_bytes(content)
    part.replace(path)


def _free_port() -> int:
    for port in random.SystemRandom().sample(_PORTS, 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no free TCP port found on 127.0.0.1 between {_PORTS.start} and {_PORTS.stop}")
