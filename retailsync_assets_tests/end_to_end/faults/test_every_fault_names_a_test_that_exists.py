import ast
import re

import pytest

from retailsync_assets_tests.project.tree import ROOT

PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "::" in line]
NAMED = sorted(set(re.findall(r"`([\w/]+/test_\w+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize("file, test", NAMED, ids=[f"{file}-{test}" for file, test in NAMED])
def test_it_is_there(file: str, test: str) -> None:
    module = ast.parse((ROOT / "retailsync_assets_tests" / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}


def test_every_row_names_one() -> None:
    assert len(ROWS) > 40
    assert [
        row for row in ROWS if not re.search(r"\| [^|]+ \| [^|]+ \| `[\w/]+/test_\w+\.py::\w+`(<br>`[^`]+`)* \|", row)
    ] == []


def test_every_test_of_a_fault_is_in_the_table() -> None:
    tests = {
        (f"end_to_end/faults/{file.name}", node.name)
        for file in (ROOT / "retailsync_assets_tests" / "end_to_end" / "faults").glob("test_a_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert len(tests) >= 40
    assert tests - set(NAMED) == set()
