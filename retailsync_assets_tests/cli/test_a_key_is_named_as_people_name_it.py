"""A product by UPC or SKU, a store by code, facility ID or name, in any letter case; what nobody knows is refused."""

from typing import Any

import pytest

from retailsync_assets_tests.cli.command import Answer
from retailsync_assets_tests.cli.conftest import Played

A, NEW_YORK = "611000200071", "NYC01"


def explained(played: Played, product: str, store: str, option: str = "--upc") -> Answer:
    on = str(played.on)
    return played.retailsync("explain", "demo", option, product, "--store", store, "--date", on, "--json")


@pytest.fixture(scope="module")
def expected(played: Played) -> dict[str, Any]:
    return explained(played, A, NEW_YORK).document


@pytest.mark.parametrize(("option", "product"), [("--upc", f"00{A}"), ("--sku", "A"), ("--sku", " a "), ("--upc", "a")])
def test_a_product(played: Played, expected: dict[str, Any], option: str, product: str) -> None:
    found = explained(played, product, NEW_YORK, option).document
    assert found == {**expected, "upc": product if A in product else A}


@pytest.mark.parametrize("store", ["nyc01", "new_york", "NEW_YORK", "New York", "NEW YORK"])
def test_a_store(played: Played, expected: dict[str, Any], store: str) -> None:
    assert explained(played, A, store).document == {**expected, "store": store}


@pytest.mark.parametrize(
    ("product", "store", "meant"),
    [
        ("611000200072", NEW_YORK, "the product '611000200072'; did you mean '611000200"),
        ("1", NEW_YORK, "the product '1'"),
        (A, "NYC1", "the store 'NYC1'; did you mean 'NYC01'?"),
        (A, "new_yorck", "the store 'new_yorck'; did you mean 'NEW_YORK'?"),
    ],
)
def test_what_nobody_knows_is_told_with_the_closest(played: Played, product: str, store: str, meant: str) -> None:
    answer = explained(played, product, store)
    assert (answer.code, answer.document["state"]) == (1, "failed")
    assert answer.document["error"].startswith(f"neither HotWax nor Retail Pro's file knows {meant}")


@pytest.mark.parametrize(
    ("product", "store", "status"),
    [("kit", NEW_YORK, "not active"), (A, "outlet", "not a store of this site")],
)
def test_what_only_hotwax_knows(played: Played, product: str, store: str, status: str) -> None:
    answer = explained(played, product, store)
    assert (answer.code, answer.document["status"]) == (0, status)


def test_what_only_the_raw_file_knows(played: Played) -> None:
    """HotWax has none of the discontinued products that Retail Pro still exports."""
    active = "SELECT match_key FROM active_products"
    asked = f"SELECT max(upc) AS upc FROM raw_reset_file WHERE ltrim(upc, '0') NOT IN ({active})"
    (found,) = played.retailsync("query", "demo", asked, "--json").document
    answer = explained(played, found["upc"], NEW_YORK)
    assert (answer.code, answer.document["status"]) == (0, "not active")
