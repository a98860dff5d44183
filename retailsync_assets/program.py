"""`retailsync` as a program of its own, which neither begins nor ends with a look through all that Dagster imports."""

import gc
import logging
import os
import sys

from retailsync_assets.cli import main

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
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(code, int):
            os._exit(code)
        raise
