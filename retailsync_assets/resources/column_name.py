"""Names of columns as people write them: `Order Id`, `ORDER-ID` and `order_id` are one."""

import unicodedata


def loosely(name: str) -> str:
    """The name without case, gaps and what nobody sees: two that are equal so mean one column."""
    return "".join(letter for letter in unicodedata.normalize("NFC", name).casefold() if letter not in " _-.\ufeff")
