"""What is imported, not how long that takes: a slow machine is no failure."""

import shlex

import pytest
from click.testing import CliRunner

from retailsync_assets.cli.main import main
from retailsync_assets_tests.cli.command import Retailsync

HEAVY = "{'dagster', 'duckdb', 'paramiko', 'asyncssh', 'sqlalchemy', 'pydantic', 'rich'}"
COMMANDS = ("approve", "demo", "dev", "doctor", "explain", "plan", "query", "run", "serve", "status")


def test_it_names_every_command_and_loads_nothing_that_takes_long(new: Retailsync) -> None:
    answer = new.python(
        "import sys; from retailsync_assets.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "[]")
    assert [command for command in COMMANDS if f"\n  {command} " not in answer.out] == []
    assert list(new.home.iterdir()) == []


def test_that_of_each_command_is_as_light(new: Retailsync) -> None:
    answer = new.python(
        "import sys; from retailsync_assets.cli.main import main\n"
        f"for command in {COMMANDS}:\n"
        "    main([command, '--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "[]")


@pytest.mark.parametrize("command", main.commands)
def test_the_help_of_each_command_ends_with_examples_that_it_understands(command: str) -> None:
    text = CliRunner().invoke(main, [command, "--help"]).output.partition("Options:")[0]
    examples = [line.strip() for line in text.splitlines() if line.startswith(f"  retailsync {command}")]
    assert examples
    for example in examples:
        context = main.commands[command].make_context(command, shlex.split(example)[2:])
        assert context.params
