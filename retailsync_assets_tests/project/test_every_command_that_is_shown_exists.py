import re
from pathlib import Path

import click
import pytest

from retailsync_assets.cli.main import main
from retailsync_assets_tests.project.markdown import CODE_SPAN, code_blocks, without_code
from retailsync_assets_tests.project.pages import PAGES, page_name
from retailsync_assets_tests.project.tree import ROOT

TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def shown(page: Path) -> list[str]:
    """Every line of a code block, without its prompt, and every code span."""
    text = page.read_text()
    lines = [line.strip().removeprefix("$ ") for _, block in code_blocks(text) for line in block.splitlines()]
    return lines + CODE_SPAN.findall(without_code(text))


def words_after(program: str, page: Path) -> set[str]:
    """The word that follows the program wherever a command begins with it, variables before it or not."""
    calls = (re.match(rf"(?:[A-Z_]+=\S+ )*{program} (\S+)", line) for line in shown(page))
    return {call[1] for call in calls if call}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    known = set(main.commands) | {option for each in main.get_params(click.Context(main)) for option in each.opts}
    assert words_after("retailsync", page) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_make_target_that_is_shown_exists(page: Path) -> None:
    assert words_after("make", page) - TARGETS == set()


def test_the_readme_shows_every_command() -> None:
    assert set(main.commands) - words_after("retailsync", ROOT / "README.md") == set()
