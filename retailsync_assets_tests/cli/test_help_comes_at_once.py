"""What is imported, not how long that takes: a slow machine is no failure."""

from retailsync_assets_tests.cli.command import Retailsync

HEAVY = "{'dagster', 'duckdb', 'paramiko', 'asyncssh', 'sqlalchemy', 'pydantic', 'rich'}"
COMMANDS = ("approve", "demo", "dev", "doctor", "explain", "plan", "query", "run", "status")


def test_it_names_every_command_and_loads_nothing_that_takes_long(new: Retailsync) -> None:
    answer = new.python(
        "import sys; from retailsync_assets.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "[]")
    assert [command for command in COMMANDS if f"\n  {command} " not in answer.out] == []
    assert list(new.home.iterdir()) == []


def test_that_of_each_command_is_as_light(new: Retailsync) -> None:
    answer = new.python(
        "import sys; from retailsync_assets.cli import main\n"
        f"for command in {COMMANDS}:\n"
        "    main([command, '--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "[]")
