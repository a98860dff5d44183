import pytest

from retailsync_assets_tests.delivery.model.imports import Judgement, wrong_ends


def test_however_hotwax_interleaves_crashes_and_restarts_its_imports() -> None:
    states, wrong = wrong_ends(Judgement())
    assert wrong == {}
    assert states > 250


@pytest.mark.parametrize(
    ("ingredient", "kinds"),
    [
        ("per_key", {"not deducted", "deducted twice"}),
        ("waits_for_what_was_taken", {"not deducted"}),
        ("a_restart_is_live", {"deducted twice"}),
        ("waits_for_the_reset", {"not deducted"}),
    ],
)
def test_without_one_of_its_ingredients_they_do_not(ingredient: str, kinds: set[str]) -> None:
    _, wrong = wrong_ends(Judgement(**{ingredient: False}))
    assert kinds <= set(wrong)
