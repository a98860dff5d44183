"""Numbers in sentences: a count with its noun, and a difference with its sign."""


def plural(number: float, one: str, many: str = "") -> str:
    """`one` for a count of 1, otherwise `many`, which is `one` with an s where it isn't named."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun, such as `1 row` and `2,140 rows`; `many` as in `plural`."""
    return f"{number:,} {plural(number, one, many)}"


def signed(number: float) -> str:
    """A difference in whole units, such as `+2` and `-3`; zero has no sign."""
    whole = round(number)
    return f"{whole:+,}" if whole else "0"
