from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld

TWICE = "".join(
    f"{UPCAS[sku]},{store},{units}\n"
    for sku, store, units in [
        ("A", "S1", "4"), ("A", "S1", "4.0"), ("A", "S2", "4"),
        ("B", "S1", "5"), ("B", "S1", "6"), ("B", "S2", "5"),
        ("C", "S1", "7"), ("C", "S1", "many"), ("C", "S2", "1e1"),
    ]
)  # fmt: skip


def test_equal_ones_are_one_and_different_ones_are_quarantined(new_world: NewWorld) -> None:
    world = new_world(limits={"rejected_rows": 1})
    world.raw_bytes(f"upc,store_code,qty\n{TWICE}".encode())
    assert world.take().state == "waiting"
    assert world.delivered("reset") == {("F1", "A"): 4, ("F2", "A"): 4, ("F2", "B"): 5}
    rows = world.lake("quarantined_rows")
    assert {(row["upc"], row["store_code"], row["quantity"], row["rule"]) for row in rows} == {
        (UPCAS["B"], "S1", "5", "one key, different quantities"),
        (UPCAS["B"], "S1", "6", "one key, different quantities"),
        (UPCAS["C"], "S1", "7", "one key, different quantities"),
        (UPCAS["C"], "S1", "many", "quantity is not a number"),
        (UPCAS["C"], "S2", "1e1", "quantity in scientific notation"),
    }


def test_more_of_them_than_the_limit_hold_the_night(new_world: NewWorld) -> None:
    world = new_world()
    world.raw_bytes(f"upc,store_code,qty\n{TWICE}".encode())
    held = world.take()
    assert (held.state, held.exit_code, world.files("reset")) == ("held", 4, {})
    assert "held: 5 of 9 rows in scope break a rule" in held.lines
