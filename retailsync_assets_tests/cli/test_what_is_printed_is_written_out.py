"""What was printed is where it should be when the program ends, or its exit code and one line say that it is not."""

import os
import subprocess

import pytest

from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Retailsync

UNWRITTEN = "retailsync: the output is incomplete: No space left on device\n"


@pytest.mark.parametrize(
    ("into", "code", "told"),
    [
        ("| cat", 0, ""),
        (">&-", 0, ""),
        ("2>&-", 0, ""),
        (">/dev/full", 1, UNWRITTEN),
        ("| (exec 0<&-; sleep 0.2)", 1, ""),
    ],
    ids=["a pipe", "closed", "errors closed", "a full disk", "a reader that has left"],
)
def test_or_the_exit_code_says_that_it_is_not(new: Retailsync, into: str, code: int, told: str) -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        ["bash", "-c", f'sleep 0.1; "{new.bin}/retailsync" status demo --json {into}; exit ${{PIPESTATUS[0]}}'],
        cwd=new.home,
        env=buffered,
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, told)
    assert done.stdout.count("\n") == (into in ("| cat", "2>&-"))


@pytest.mark.parametrize("command", ["status demo", "query demo 'FROM stores'", "run demo --date 2024-01-01"])
def test_a_full_disk_is_told_in_one_line_by_tables_too(new: Retailsync, command: str) -> None:
    create(new.home / ".retailsync/sandbox", lines=2500)
    line = f'"{new.bin}/retailsync" {command} > /dev/full'
    done = subprocess.run(["bash", "-c", line], cwd=new.home, text=True, capture_output=True, check=False)
    assert done.returncode != 0
    assert done.stderr == UNWRITTEN


def test_a_terminal_that_lacks_a_sign_gets_the_nearest(new: Retailsync) -> None:
    shown = new.started("status", "demo", PYTHONIOENCODING="ascii")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines()[-1] == "  -> next: active products"
    document = new.started("query", "demo", "SELECT 'é' AS letter", "--json", PYTHONIOENCODING="ascii").document
    assert document == [{"letter": "é"}]


def test_a_command_that_asked_the_lake_ends_without_a_word(new: Retailsync) -> None:
    """DuckDB's binding would list what is still open when Python ends."""
    answer = new("query", "demo", "SELECT 1 AS one", "--json")
    assert (answer.code, answer.err) == (0, "")
