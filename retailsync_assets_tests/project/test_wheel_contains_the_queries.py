import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from retailsync_assets_tests.project.tree import PACKAGE, ROOT, SQL

FIND_THE_QUERIES = """
import importlib.resources, retailsync_assets
print(retailsync_assets.__file__)
sql = importlib.resources.files("retailsync_assets.sql")
folders = [("", sql)]
for name, folder in folders:
    for entry in folder.iterdir():
        if entry.is_dir():
            folders.append((name + entry.name + "/", entry))
        elif entry.name.endswith(".sql"):
            assert entry.read_text()
            print(name + entry.name)
"""


def run(*command: str | Path, cwd: Path) -> str:
    finished = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False)
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by way of the source archive, so that this one is complete too."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_each_file_of_the_tree_is_in_the_wheel(wheel: Path) -> None:
    data = [file for suffix in ("py", "yaml", "toml") for file in PACKAGE.rglob(f"*.{suffix}")]
    expected = {file.relative_to(ROOT).as_posix() for file in [*data, PACKAGE / "py.typed"]}
    expected |= {f"retailsync_assets/sql/{query.relative_to(SQL).as_posix()}" for query in SQL.rglob("*.sql")}
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    top = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"retailsync_assets"}


def test_the_installed_package_finds_its_queries(wheel: Path, tmp_path: Path) -> None:
    """In an environment that has the dependencies and not this checkout, from an empty folder."""
    run(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=tmp_path)
    (site_packages,) = (tmp_path / "venv").glob("lib/python3*/site-packages")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        site_packages,
        wheel,
        cwd=tmp_path,
    )
    # What a .pth names is searched after this folder, and the .pth files in it (our editable install) are not read.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    where, *queries = run(tmp_path / "venv/bin/python", "-c", FIND_THE_QUERIES, cwd=empty).splitlines()
    assert Path(where).is_relative_to(site_packages)
    assert set(queries) == {query.relative_to(SQL).as_posix() for query in SQL.rglob("*.sql")}
