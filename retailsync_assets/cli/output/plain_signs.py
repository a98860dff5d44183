"""What a terminal gets whose encoding lacks a sign: the nearest that it has, never a failure."""

import codecs
import io
import sys

PLAIN = {"✔": "v", "✘": "x", "■": "#", "·": "-", "…": "...", "→": "->", "–": "-", "≤": "<=", "≥": ">="}
HANDLER = "retailsync_plain_signs"


def print_plain_signs_where_needed() -> None:
    """From now on, standard output and standard error take every text."""
    codecs.register_error(HANDLER, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def _plainly(failed: UnicodeError) -> tuple[str, int]:
    if not isinstance(failed, UnicodeEncodeError):
        raise failed
    lacking = failed.object[failed.start : failed.end]
    written = (PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in lacking)
    return "".join(written), failed.end
