"""The known name that somebody most likely meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, in any letter case; None where none is like it."""
    by_letters = {each.casefold(): each for each in reversed(list(known))}
    found = get_close_matches(name.strip().casefold(), by_letters, n=1)
    return by_letters[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'X'?`, or nothing where no known name is like this one."""
    meant = nearest(name, known)
    return "" if meant is None else f"; did you mean {meant!r}?"
