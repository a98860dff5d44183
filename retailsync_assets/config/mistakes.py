"""What is wrong in a sites.toml: one line for each mistake, with its place in the file and what was probably meant."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import ValidationError

from retailsync_assets.config.accounts import Section
from retailsync_assets.config.nearest import did_you_mean, nearest
from retailsync_assets.config.settings import Site
from retailsync_assets.errors import ConfigError

UNKNOWN, MISSING = "extra_forbidden", "missing"
KeyPath = tuple[str, ...]
"""Where a setting stands: the names of its tables, from the outermost, and its own."""


@dataclass(frozen=True)
class Mistake:
    """A setting by its path, and what was expected there; an empty path is the file itself."""

    path: KeyPath
    expected: str


def mistakes_of(site: str, refused: ValidationError) -> Iterator[Mistake]:
    """Every mistake that pydantic found in one site. A key that is only misspelt is not also reported as missing."""
    errors = refused.errors(include_input=False, include_url=False)
    found = [(tuple(str(part) for part in each["loc"]), each["type"], each["msg"]) for each in errors]
    misspelt = {(*path[:-1], nearest(path[-1], _keys(path[:-1]))) for path, kind, _ in found if kind == UNKNOWN}
    for path, kind, message in found:
        if kind == UNKNOWN:
            yield Mistake(("sites", site, *path), f"unknown key{_meant(site, path)}")
        elif kind != MISSING or not any(path[:length] in misspelt for length in range(1, len(path) + 1)):
            yield Mistake(("sites", site, *path), _plainly(kind, message))


def config_error(file: Path, text: str, mistakes: Sequence[Mistake]) -> ConfigError:
    """The error that names them all, in the order in which they stand in the file."""
    lines = _lines(text)
    placed = sorted(((_line(lines, each.path), each) for each in mistakes), key=lambda pair: pair[0])
    return ConfigError("\n".join(_told(file, line, each) for line, each in placed))


def _told(file: Path, line: int, mistake: Mistake) -> str:
    key = ".".join(repr(part)[1:-1] for part in mistake.path)  # a key may hold a line break
    return ": ".join(part for part in (str(file), key, mistake.expected) if part) + (f" (line {line})" if line else "")


def _lines(text: str) -> dict[KeyPath, int]:
    """The line on which each key and each table begins, counted from 1; tomllib itself reads their names."""
    found, table = dict[KeyPath, int](), KeyPath()
    for number, line in enumerate(text.splitlines(), start=1):
        begun = line.strip().startswith("[")
        try:
            read = tomllib.loads(line if begun else f"{line.partition('=')[0]}=0" if "=" in line else "")
        except tomllib.TOMLDecodeError:
            continue  # a line within a value of several lines
        path = _only_path(read) if begun else (*table, *_only_path(read))
        table = path if begun else table
        for length in range(1, len(path) + 1):
            found.setdefault(path[:length], number)
    return found


def _only_path(read: Any) -> KeyPath:
    """The names down to the only value of a document that has one key."""
    for name, inner in cast("dict[str, Any]", read).items() if isinstance(read, dict) else ():
        return (name, *_only_path(inner))
    return ()


def _line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """That of the setting, or of the innermost table around it; 0 where the file has neither."""
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), 0)


def _meant(site: str, path: KeyPath) -> str:
    """The nearest key of the same table, or the other table that has this key."""
    name, own = path[-1], did_you_mean(path[-1], _keys(path[:-1]))
    elsewhere = [".".join(["sites", site, *table]) for table, keys in _tables() if name in keys]
    return own or (f"; expected in [{elsewhere[0]}]" if elsewhere else "")


def _tables(model: type[Section] = Site, path: KeyPath = ()) -> Iterator[tuple[KeyPath, list[str]]]:
    """Every table of a site by its path, with its keys."""
    yield path, [name for name in model.model_fields if (path, name) != ((), "name")]
    for name, field in model.model_fields.items():
        for kind in get_args(field.annotation) or (field.annotation,):
            if isinstance(kind, type) and issubclass(kind, Section):
                yield from _tables(kind, (*path, name))


def _keys(table: KeyPath) -> list[str]:
    return dict(_tables()).get(table, [])


def _plainly(kind: str, message: str) -> str:
    if kind == MISSING:
        return "missing; this key has no default"
    if kind == "too_short":
        return "expected at least 1"
    if kind == "model_type":
        return 'expected {env = "NAME"}, the name of a variable' if message.endswith("Secret") else "expected a table"
    return message.removeprefix("Value error, ").replace("Input should be", "expected")
