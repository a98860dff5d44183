import ast
import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retailsync_assets_tests.project.tree import PACKAGE, ROOT, SQL, modules

NO_NOUN = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base"}

ROOMS = 12
"""Folders at the top of the package; a table of contents has no more."""


def test_the_package_is_a_table_of_contents() -> None:
    there = {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    modules_at_the_top = {name for name in there if name.endswith(".py")}
    assert modules_at_the_top == {"__init__.py", "definitions.py", "errors.py", "wording.py"}
    assert len([name for name in there if (PACKAGE / name).is_dir()]) == ROOMS


def test_every_room_says_in_a_sentence_what_it_holds() -> None:
    for room in (path for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__"):
        tree = ast.parse((room / "__init__.py").read_text())
        assert ast.get_docstring(tree), room
        assert len(tree.body) == 1, f"{room}: lazy start-up rests on an __init__.py with a docstring alone"


def test_the_layers_hold() -> None:
    assert lint_imports() == "", "import-linter names the contract"


def test_an_upward_import_is_seen(tmp_path: Path) -> None:
    """A module of the ledger that imports the command line, as a copy of the package with one more file."""
    copy = tmp_path / "retailsync_assets"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "ledger" / "upward.py").write_text("from retailsync_assets.cli import main as main\n")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert "retailsync_assets.ledger -> retailsync_assets.cli" in lint_imports(tmp_path).replace(
        " is not allowed to import ", " -> "
    )


def test_no_module_imports_what_dagster_keeps_to_itself() -> None:
    private = {
        (file.name, name)
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        if name.startswith("dagster._")
    }
    assert private == set()


def lint_imports(folder: Path = ROOT) -> str:
    """What import-linter finds wrong in the package of a folder; nothing where every contract is kept."""
    program = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    return "" if found.returncode == 0 else found.stdout + found.stderr


def test_every_file_is_named_for_a_noun() -> None:
    ours = [*PACKAGE.rglob("*"), *SQL.rglob("*"), *(ROOT / "retailsync_assets_tests").rglob("*")]
    assert [path for path in ours if path.stem.lower() in NO_NOUN] == []


def test_no_file_of_the_package_is_longer_than_250_lines() -> None:
    lines = {name: len(file.read_text().splitlines()) for name, file in modules().items()}
    assert {name: count for name, count in lines.items() if count > 250} == {}


@pytest.mark.parametrize("query", sorted(SQL.rglob("*.sql")), ids=lambda query: str(query.relative_to(SQL)))
def test_every_query_says_first_what_it_answers(query: Path) -> None:
    assert query.read_text().startswith("-- ")


def broad_excepts(file: Path) -> list[int]:
    """Lines of `except:`, `except Exception` and `except BaseException`, alone or in a tuple."""
    found: list[int] = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.walk(node.type) if node.type else []
            names = {name.id for name in caught if isinstance(name, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                found.append(node.lineno)
    return found


def test_no_except_catches_everything() -> None:
    assert {name: lines for name, file in modules().items() if (lines := broad_excepts(file))} == {}


def test_setup_cfg_names_every_package() -> None:
    """`packages` in setup.cfg is written by hand; a folder that is not in it would be missing from the wheel."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    in_the_package = {folder.parent.relative_to(ROOT) for folder in PACKAGE.rglob("*.py")}
    in_sql = {
        "retailsync_assets" / query.parent.relative_to(ROOT) for query in [SQL / "__init__.py", *SQL.rglob("*.sql")]
    }
    named = set(setup["options"]["packages"].split())
    assert named == {".".join(folder.parts) for folder in in_the_package | in_sql}
