import zipfile
from pathlib import Path

from retailsync_assets_tests.project.tree import PACKAGE, ROOT, SQL
from retailsync_assets_tests.servers.installation import run

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


def test_each_file_of_the_tree_is_in_the_wheel(wheel: Path) -> None:
    data = [file for suffix in ("py", "yaml", "toml") for file in PACKAGE.rglob(f"*.{suffix}")]
    expected = {file.relative_to(ROOT).as_posix() for file in [*data, PACKAGE / "py.typed"]}
    expected |= {f"retailsync_assets/sql/{query.relative_to(SQL).as_posix()}" for query in SQL.rglob("*.sql")}
    assert expected - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_the_wheel_holds_nothing_but_the_package(wheel: Path) -> None:
    top = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"retailsync_assets"}


def test_the_installed_package_finds_its_queries(installed: Path, tmp_path: Path) -> None:
    """In an environment that has the dependencies and not this checkout, from an empty folder."""
    where, *queries = run(installed / "python", "-c", FIND_THE_QUERIES, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(installed.parent)
    assert set(queries) == {query.relative_to(SQL).as_posix() for query in SQL.rglob("*.sql")}
