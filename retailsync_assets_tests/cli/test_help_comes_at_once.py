from retailsync_assets_tests.cli.command import Retailsync

HEAVY = "{'dagster', 'duckdb', 'paramiko', 'asyncssh', 'sqlalchemy', 'pydantic', 'rich'}"


def test_it_loads_nothing_that_takes_long(new: Retailsync) -> None:
    """What is imported, not how long that takes: a slow machine is no failure."""
    answer = new.python(
        "import sys; from retailsync_assets.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "[]")


def test_it_names_every_command_and_touches_nothing(new: Retailsync) -> None:
    answer = new("--help")
    assert answer.code == 0
    for command in ("approve", "demo", "dev", "explain", "query", "run", "status"):
        assert f"\n  {command} " in answer.out
    assert list(new.home.iterdir()) == []
