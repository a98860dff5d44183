"""The environment of the engines that do the same join: build/peers, made by pip from peers.txt."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.contest import PROJECT

LIST = Path(__file__).with_name("peers.txt")
FOLDER = PROJECT / "build" / "peers"
PYTHON = FOLDER / "bin" / "python"


def install() -> bool:
    """Have the environment, anew when the list has changed; False, and no peers, where pip finds no packages."""
    stamp = FOLDER / "peers.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == LIST.read_text(encoding="utf-8"):
        return True
    print("making the peers' environment …", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--requirement", LIST]
    for command in ([sys.executable, "-m", "venv", "--clear", FOLDER], pip):
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
            print("the peers can't be installed: they are excluded", flush=True)
            return False
    shutil.copyfile(LIST, stamp)
    return True


def versions(python: Path = PYTHON) -> dict[str, str]:
    """Name → version of every package of an environment."""
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return {each["name"].lower(): each["version"] for each in json.loads(listed.stdout)}


def names() -> list[str]:
    """The engines of peers.txt."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line.partition(">")[0].strip() for line in lines if line.strip() and not line.startswith("#")]
