"""`explain`, from the delivery of the reset to the reconciliation: applied as soon as HotWax has the target."""

import pytest

from retailsync_assets.cli.explanation import explain
from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

PENDING, APPLIED = "pending", "applied"


@pytest.fixture(scope="module")
def said(new_world: NewWorld) -> list[tuple[str, str]]:
    """Of a product with two units to deduct, which HotWax has deducted itself before; and of one with none."""
    world = new_world()
    world.orders.ship("F1", "-1 09:00")
    world.raw()

    def look() -> tuple[str, str]:
        deducted, other = (explain(world.resources, NIGHT, UPCAS[sku], "S1").status for sku in ("A", "B"))
        return deducted, other

    looks = list[tuple[str, str]]()
    world.take()
    looks.append(look())
    world.at("08:00").import_files()
    world.take()
    looks.append(look())
    world.at("09:05").take()
    looks.append(look())
    world.import_files()
    looks.append(look())
    assert world.take().state == "complete"
    looks.append(look())
    return looks


@pytest.mark.parametrize(
    ("place", "with_variance", "without"),
    [(0, PENDING, PENDING), (1, PENDING, APPLIED), (2, PENDING, APPLIED), (3, APPLIED, APPLIED), (4, APPLIED, APPLIED)],
    ids=["reset delivered", "reset applied", "variance delivered", "variance applied", "reconciled"],
)
def test_it_is_applied_once_hotwax_has_its_target(
    said: list[tuple[str, str]], place: int, with_variance: str, without: str
) -> None:
    assert said[place] == (with_variance, without)
