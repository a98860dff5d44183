"""What is typed after a command, taken as it is meant or refused with what was expected."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import click


class BusinessDate(click.ParamType[date]):
    """A date as it is written here, and no other way."""

    name = "yyyy-MM-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            found = date.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.isoformat() != str(value):
            self.fail(f"expected a date such as 2026-11-21, got {str(value)!r}", param, ctx)
        return found


def in_a_folder_that_is_there(_: click.Context, __: click.Parameter, file: Path | None) -> Path | None:
    """A file that can't be written would be told of after all the work."""
    if file is not None and not file.exists() and not (file.parent.is_dir() and os.access(file.parent, os.W_OK)):
        raise click.BadParameter(f"there is no folder {file.parent}, or you may not write in it; name another file")
    return file


def not_blank(_: click.Context, __: click.Parameter, text: str) -> str:
    """What is kept for good says something."""
    if not text.strip():
        raise click.BadParameter('expected some words, such as "20 keys checked against Retail Pro"')
    return text
