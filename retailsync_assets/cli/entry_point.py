"""The `retailsync` program, tuned so that neither its start nor its end pays for all that Dagster imports."""

import gc
import logging
import os
import sys
from contextlib import suppress

from retailsync_assets.cli.main import main

NEW_OBJECTS = 50_000
"""How many there are before Python looks for cycles among them; its own 700 are for programs that import less."""


def run() -> None:
    """Run the command line and end the process with its exit code.

    Every file, connection and child of a command is closed by then. Python would still take apart each module, for half
    a second after a night: what is left to do is to write out what was printed.
    """
    gc.set_threshold(NEW_OBJECTS)
    try:
        main()
    except SystemExit as end:
        code = 0 if end.code is None else end.code
        if not isinstance(code, int):
            raise
        logging.shutdown()
        os._exit(code if _is_written_out() else code or 1)


def _is_written_out() -> bool:
    """Has all that was printed gone where it should? A reader that has left wants no more, and is told nothing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # pyright: ignore[reportUnnecessaryComparison] - it was closed before we began
                stream.flush()
        except BrokenPipeError:
            return False
        except OSError as failed:
            with suppress(OSError):
                os.write(2, f"retailsync: the output is incomplete: {failed.strerror}\n".encode())
            return False
    return True
