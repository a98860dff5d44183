import ast
from itertools import pairwise

import pytest

from retailsync_assets.config.wording import counted, plural, signed
from retailsync_assets_tests.project.tree import modules

NOUNS = {
    "rows", "files", "orders", "products", "stores", "units", "lines", "records", "minutes", "hours", "days", "runs",
    "warnings", "recipients", "SKU-locations", "UPCs",
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (5_200_000, "5,200,000 rows")]
)
def test_one_is_singular_and_thousands_are_grouped(number: int, words: str) -> None:
    assert counted(number, "row") == words


def test_a_plural_without_an_s_is_named() -> None:
    assert (counted(1, "order has", "orders have"), plural(2, "is", "are")) == ("1 order has", "are")


@pytest.mark.parametrize(
    ("number", "words"), [(2, "+2"), (-3, "-3"), (0, "0"), (-0.3, "0"), (0.4, "0"), (1234.5, "+1,234")]
)
def test_a_difference_has_its_sign_and_zero_has_none(number: float, words: str) -> None:
    assert signed(number) == words


def counts_in(source: str) -> list[str]:
    """Every `{number} noun` of an f-string, where the noun is a plural whatever the number; not those with decimals."""
    return [
        word
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for value, following in pairwise(node.values)
        if isinstance(value, ast.FormattedValue) and isinstance(following, ast.Constant)
        if value.format_spec is None or ".1f" not in ast.unparse(value.format_spec)
        if (word := first_word(str(following.value))) in NOUNS
    ]


def first_word(text: str) -> str:
    """The word after a blank that a text begins with."""
    return text.split()[0].strip(".,:;") if text.startswith(" ") and text.strip() else ""


def test_no_message_has_a_number_before_a_noun_that_is_not_counted() -> None:
    found = {
        name: counts
        for name, file in modules().items()
        if not name.startswith("sandbox") and (counts := counts_in(file.read_text()))
    }
    assert found == {}


def test_and_one_would_be_seen() -> None:
    assert counts_in('f"{n} rows of {m}"') == ["rows"]
    assert counts_in("f\"{counted(n, 'row')} of {m}\"") == []
