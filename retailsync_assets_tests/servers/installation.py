"""The project as a user has it: built into a wheel once, and installed away from this checkout."""

import fcntl
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from retailsync_assets_tests.project.tree import ROOT
from retailsync_assets_tests.servers.shared import made_once


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints, which neither PYTHONPATH nor the like leads back to this checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(command, cwd=cwd, env=environment, text=True, capture_output=True, check=False)
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by way of the source archive, so that this one is complete too."""
    (built,) = made_once(tmp_path_factory, "dist", _build).glob("*.whl")
    return built


def _build(folder: Path) -> None:
    with (ROOT / "pyproject.toml").open() as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)  # setuptools collects the archive in a folder of the checkout
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin/ of an environment that has the wheel and its dependencies, and not this checkout."""

    def install(folder: Path) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=folder)
        python = folder / "venv/bin/python"
        run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
        (site_packages,) = (folder / "venv").glob("lib/python3*/site-packages")
        # What a .pth names is searched after this folder, and the .pth files in it (our editable install) are not read.
        (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")

    return made_once(tmp_path_factory, "installed", install) / "venv/bin"
