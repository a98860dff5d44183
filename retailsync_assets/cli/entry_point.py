"""`retailsync` as a program of its own: what it printed has been written out when it ends, or its exit code says so."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from retailsync_assets.cli.main import main
from retailsync_assets.cli.output.plain_signs import print_plain_signs_where_needed


def run() -> None:
    """Run the command line and end the process with its exit code."""
    print_plain_signs_where_needed()
    try:
        main()
    except OSError as failed:
        _tell(failed)
        for stream in _open_streams():
            _let_go_of(stream.fileno())
        sys.exit(1)
    except SystemExit as end:
        code = 0 if end.code is None else end.code
        if not isinstance(code, int):
            raise
        sys.exit(code if _is_written_out() else code or 1)


def _is_written_out() -> bool:
    """Has all that was printed gone where it should? A reader that has left wants no more, and is told nothing."""
    for stream in _open_streams():
        try:
            stream.flush()
        except BrokenPipeError:
            _let_go_of(stream.fileno())
            return False
        except OSError as failed:
            _let_go_of(stream.fileno())
            _tell(failed)
            return False
    return True


def _open_streams() -> list[TextIO]:
    return [stream for stream in (sys.stdout, sys.stderr) if stream is not None]  # pyright: ignore[reportUnnecessaryComparison] - one that was closed before we began is None


def _tell(failed: OSError) -> None:
    with suppress(OSError):
        os.write(2, f"retailsync: the output is incomplete: {failed.strerror}\n".encode())


def _let_go_of(descriptor: int) -> None:
    """Python writes out what is left once more at its end, and would tell of the same failure in three lines."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
