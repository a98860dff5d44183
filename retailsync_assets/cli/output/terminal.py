"""The console that every command prints on."""

import os
import sys

from rich.console import Console

PIPE_COLUMNS = 160
"""How wide a pipe or a file is taken to be."""


def terminal(*, stderr: bool = False) -> Console:
    """Standard output or standard error, as wide as the terminal; no number or date in a sentence is colored.

    With NO_COLOR set (https://no-color.org), the output is plain text: nothing is colored, bold, dim or italic.
    """
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        stderr=stderr,
        highlight=False,
        width=None if stream.isatty() else PIPE_COLUMNS,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
    )
