"""The programs that deploy/ starts understand what they are started with, and nginx takes its file."""

import re
import shlex
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from retailsync_assets.cli.main import main
from retailsync_assets_tests.project.tree import ROOT

DEPLOY = ROOT / "deploy"
PROGRAMS: dict[str, click.Command] = {"retailsync": main}


def commands() -> list[list[str]]:
    """Every command line that starts one of these programs: of the unit, the image and compose."""
    unit = re.findall(r"^ExecStart=(.*)$", (DEPLOY / "systemd/retailsync.service").read_text(), re.MULTILINE)
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].values()
    image = re.findall(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    lines = [*map(shlex.split, unit), *map(yaml.safe_load, image), *(each.get("command", []) for each in services)]
    return [[Path(line[0]).name, *line[1:]] for line in lines if line and Path(line[0]).name in PROGRAMS]


@pytest.mark.parametrize("line", commands(), ids=" ".join)
def test_its_options_exist(line: list[str]) -> None:
    program, arguments = PROGRAMS[line[0]], line[1:]
    if isinstance(program, click.Group) and arguments[0] in program.commands:
        program, arguments = program.commands[arguments[0]], arguments[1:]
    with suppress(click.exceptions.Exit):  # which --help ends in
        program.make_context(line[0], arguments)


def test_every_way_to_start_was_found() -> None:
    assert sorted(line[0] for line in commands()) == ["retailsync"] * 3


def certificate(folder: Path) -> None:
    """One that nginx can load, as fullchain.pem and privkey.pem."""
    key, now = Ed25519PrivateKey.generate(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "retailsync.example.com")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, None)
    )
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    """By nginx itself where that is installed; the tests of the other files read it with a parser."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/bin:/opt/homebrew/bin")
    if nginx is None:
        return
    certificate(tmp_path)
    (tmp_path / "htpasswd").write_text("somebody:!\n")
    ours = (DEPLOY / "nginx/retailsync.conf").read_text()
    ours = ours.replace("/etc/nginx/tls/", f"{tmp_path}/").replace("/etc/nginx/", f"{tmp_path}/")
    ours = ours.replace("listen 443", "listen 127.0.0.1:8443")
    whole = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{ access_log off;\n{ours} }}\n"
    (tmp_path / "nginx.conf").write_text(whole)
    taken = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert taken.returncode == 0, taken.stderr
