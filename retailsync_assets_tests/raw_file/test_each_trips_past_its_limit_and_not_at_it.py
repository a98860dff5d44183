from dataclasses import replace
from typing import Any

import pytest

from retailsync_assets.config.settings import Limits
from retailsync_assets.raw_file.breakers import Figures, tripped
from retailsync_assets_tests.config.sample import a_site

USUAL = Figures(
    raw_rows=1000,
    raw_rows_before=(1000, 990, 1010),
    reset_rows=100,
    reset_rows_before=100,
    distinct_quantities=30,
    all_zero=False,
    active_products=20,
    active_products_before=20,
    rows_in_scope=100,
    rows_rejected=0,
    rows_absurd=0,
    zeros_restored=0,
    rows_unreadable=0,
    products_unmatched=0,
    stores_missing=0,
    stores_before=10,
    keys_compared=100,
    keys_changed=0,
    keys_newly_zero=0,
    keys_newly_negative=0,
)
"""A night like the ones before it."""

CASES: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("first_night", "hold", {}, {"raw_rows_before": ()}),
    ("active_products_drop", 0.1, {"active_products": 18}, {"active_products": 17}),
    ("raw_rows_drop", 0.1, {"raw_rows": 900}, {"raw_rows": 899}),
    ("raw_rows_rise", 0.25, {"raw_rows": 1250}, {"raw_rows": 1251}),
    ("rejected_rows", 0.01, {"rows_rejected": 1}, {"rows_rejected": 2}),
    ("rejected_rows", 0.01, {"rows_unreadable": 1}, {"rows_unreadable": 2}),
    ("keys_changed", 0.3, {"keys_changed": 30}, {"keys_changed": 31}),
    ("keys_newly_zero", 0.05, {"keys_newly_zero": 5}, {"keys_newly_zero": 6}),
    ("keys_newly_negative", 0.05, {"keys_newly_negative": 5}, {"keys_newly_negative": 6}),
    ("unmatched_active", 0.1, {"products_unmatched": 2}, {"products_unmatched": 3}),
    ("reset_rows_change", 0.5, {"reset_rows": 50}, {"reset_rows": 49}),
    ("reset_rows_change", 0.5, {"reset_rows": 150}, {"reset_rows": 151}),
    ("stores_missing", 0.2, {"stores_missing": 2}, {"stores_missing": 3}),
    ("zeros_restored", 0.5, {"zeros_restored": 50}, {"zeros_restored": 51}),
    ("equal_quantities", 100, {"distinct_quantities": 2}, {"distinct_quantities": 1}),
    ("equal_quantities", 101, {"distinct_quantities": 1}, {"all_zero": True}),
    ("absurd_quantity", 1000, {"rows_absurd": 0}, {"rows_absurd": 1}),
]
"""Name, limit, what is still let pass, what no more."""


@pytest.mark.parametrize(("name", "limit", "passes", "trips_it"), CASES, ids=[f"{case[0]} {case[3]}" for case in CASES])
def test_it_does(name: str, limit: object, passes: dict[str, Any], trips_it: dict[str, Any]) -> None:
    site = a_site(limits={name: limit})
    assert [*tripped(site, replace(USUAL, **passes))] == []
    ((limit_passed, why),) = tripped(site, replace(USUAL, **trips_it))
    assert limit_passed == name
    assert why.isprintable()


def test_no_limit_is_left_untried() -> None:
    assert {case[0] for case in CASES} == set(Limits.model_fields)


def test_a_reset_without_a_row_trips_whatever_the_limits_are() -> None:
    empty = replace(USUAL, reset_rows=0, distinct_quantities=0)
    assert "reset_rows" in dict(tripped(a_site(), empty))


@pytest.mark.parametrize(
    "figures",
    [
        {"raw_rows": 3},
        {"reset_rows": 3},
        {"stores_missing": 9},
        {"keys_newly_zero": 90},
        {"keys_newly_negative": 90},
        {"products_unmatched": 19},
        {"all_zero": True},
    ],
    ids=str,
)
def test_of_a_file_of_what_moved_nothing_is_expected_to_be_whole(figures: dict[str, Any]) -> None:
    site = a_site(retail_pro={"kind": "delta"})
    assert [*tripped(site, replace(USUAL, **figures))] == []
