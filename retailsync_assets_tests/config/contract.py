"""The keys of example.toml, which is the configuration contract, line by line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retailsync_assets_tests.config.sample import FINGERPRINT

EXAMPLE = Path(__file__).with_name("example.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Key:
    """One `key = value` of the example; `default` says whether it may be left out."""

    path: tuple[str, ...]
    value: Any
    default: bool
    line: str

    def __str__(self) -> str:
        return ".".join(self.path)


def keys() -> list[Key]:
    """Every key below [sites.demo]. The comment of the limits' first share says that they are all defaults."""
    found: list[Key] = []
    section: tuple[str, ...] = ()
    for line in EXAMPLE.splitlines():
        if header := re.match(r"\[sites\.demo\.?([a-z_.]*)\]", line):
            section = tuple(header[1].split(".")) if header[1] else ()
        elif key := re.match(r"(\w+)\s*=", line):
            default = "# default" in line or section == ("limits",)
            found.append(Key((*section, key[1]), tomllib.loads(line)[key[1]], default, line))
    return found


def completed() -> str:
    """The example with what it leaves to the reader: a fingerprint, and an account at HotWax."""
    account = "\n".join(key.line for key in keys() if key.path[:2] == ("retail_pro", "sftp"))
    return EXAMPLE.replace("[sites.demo.hotwax.sftp]", f"[sites.demo.hotwax.sftp]\n{account}").replace(
        "SHA256:...", FINGERPRINT
    )


def at(model: Any, path: tuple[str, ...]) -> Any:
    """The value of a key in a `Site`; a table as a dictionary."""
    for name in path:
        model = getattr(model, name)
    return model.model_dump() if hasattr(model, "model_dump") else model
