"""The sandbox's own SQL files, sql/sandbox/."""

from importlib.resources import files


def statement(name: str) -> str:
    """The text of sql/sandbox/`name`.sql. Raises FileNotFoundError where the file is not installed."""
    return (files("retailsync_assets.sql") / "sandbox" / f"{name}.sql").read_text(encoding="utf-8")
