"""Pages, help, messages, descriptions and names use the words of the glossary, and no others for the same things."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from retailsync_assets.cli.main import main
from retailsync_assets_tests.project.pages import PAGES, page_name
from retailsync_assets_tests.project.tree import PACKAGE, SQL, modules
from retailsync_assets_tests.project.words import WORDS, found_in

NAMES_WHAT_WAS_RENAMED = {"CHANGELOG.md"}
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
IN_OTHER_HANDS = ("delivery.import_evidence", "variance.deduction", "variance.rules", "variance.shipped_lines")
"""Modules that are being changed elsewhere."""
TREES = {name: ast.parse(file.read_text()) for name, file in modules().items() if name not in IN_OTHER_HANDS}


@pytest.mark.parametrize(
    "page", [each for each in PAGES if page_name(each) not in NAMES_WHAT_WAS_RENAMED], ids=page_name
)
def test_in_a_page(page: Path) -> None:
    assert found_in(page.read_text(), "everywhere", "told") == []


@pytest.mark.parametrize("command", ["", *main.commands])
def test_in_the_help_of_a_command(command: str) -> None:
    shown = CliRunner().invoke(main, [*([command] if command else []), "--help"])
    assert shown.exit_code == 0
    assert found_in(on_one_line(shown.output), "everywhere", "told") == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_in_the_report(template: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", template.read_text())
    assert found_in(text, "everywhere", "told") == []


@pytest.mark.parametrize("query", sorted(SQL.rglob("*.sql")), ids=lambda query: str(query.relative_to(SQL)))
def test_in_what_a_query_says_that_it_answers(query: Path) -> None:
    assert found_in(query.read_text().partition("\n")[0], "everywhere") == []


def test_in_the_messages_of_the_package() -> None:
    found = dict[str, list[str]]()
    for name, tree in TREES.items():
        docstrings = docstrings_of(tree)
        told = {text for node in ast.walk(tree) for text in messages_of(node, docstrings)}
        found[name] = [word for text in sorted(told) for word in found_in(text, "everywhere", "told")]
    assert {name: words for name, words in found.items() if words} == {}


def test_in_the_docstrings_of_the_package() -> None:
    found = dict[str, list[str]]()
    for name, tree in TREES.items():
        shown = [text for node in ast.walk(tree) for text in descriptions_of(node)]
        internal = [str(each.value) for each in docstrings_of(tree)]
        found[name] = [word for text in internal for word in found_in(on_one_line(text), "everywhere")]
        found[name] += [word for text in shown for word in found_in(on_one_line(text), "told")]
    assert {name: words for name, words in found.items() if words} == {}


def test_in_the_names_of_the_package() -> None:
    names = {(module, name) for module, tree in TREES.items() for name in (*module.split("."), *names_of(tree))}
    assert {name: words for name in names if (words := found_in(in_words(name[1]), "everywhere"))} == {}


def on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def docstrings_of(tree: ast.Module) -> set[ast.Constant]:
    """Every text that stands alone as a statement: docstrings, and the texts below a constant that explain it."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def messages_of(node: ast.AST, docstrings: set[ast.Constant]) -> Iterator[str]:
    """The text of a literal; an f-string's as a whole, with a 0 for each value."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
        yield node.value


def descriptions_of(node: ast.AST) -> Iterator[str]:
    """The docstring of an asset or an asset check, which Dagster shows as its description."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    if isinstance(node, ast.FunctionDef) and any(ast.unparse(each).startswith("dg.asset") for each in decorators):
        yield ast.get_docstring(node) or ""


def names_of(tree: ast.Module) -> Iterator[str]:
    """What is called something here: classes, functions, arguments, variables, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def in_words(name: str) -> str:
    """`units_taken_off` and `UnitsTakenOff` as "units taken off"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower().strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the units that the variance takes off", ["'takes off': write deducted"]),
        ("To mend it: retailsync run", ["'mend': write fix, next step"]),
        (in_words("stuck_orders"), ["'stuck orders': write unacknowledged shipments"]),
        (in_words("UnitsTakenOff"), ["'taken off': write deducted"]),
        ("18 SKU-locations newly in stock", []),
        ("a circuit breaker trips", []),
        ("a breaker trips", ["'breaker': write circuit breaker"]),
    ],
)
def test_it_is_seen(text: str, words: list[str]) -> None:
    assert found_in(text, "everywhere", "told") == words


def test_no_word_is_forbidden_that_is_written_instead() -> None:
    assert [word.instead for word in WORDS if found_in(word.instead, "everywhere", "told")] == []
