import pytest

from retailsync_assets_tests.delivery.model.protocol import Protocol
from retailsync_assets_tests.delivery.model.search import search

WORKERS, EPOCHS = 3, 4


def test_no_interleaving_of_three_workers_loses_or_doubles_the_file() -> None:
    found = search(Protocol(), WORKERS, EPOCHS)
    assert found.wrong == {}
    assert found.states > 20_000


@pytest.mark.parametrize(
    "ingredient, wrong",
    [
        ("epoch_check", "double"),
        ("oldest_first", "loss"),
        ("rename_in_one_step", "double"),
        ("intent_before_rename", "double"),
        ("token_is_claimed", "loss"),
        ("silence_is_no_refusal", "double"),
    ],
)
def test_without_one_of_its_ingredients_it_does(ingredient: str, wrong: str) -> None:
    found = search(Protocol(**{ingredient: False}), WORKERS, epochs=3)
    assert wrong in found.wrong
