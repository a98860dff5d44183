from datetime import timedelta

from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World

TOLD = "; new store codes, not of this site: "


def told(world: World) -> str:
    return str(world.check("filtered_reset", "in_scope_rows_valid").description).partition(TOLD)[2]


def with_others(world: World, as_of: str, *codes: str) -> None:
    raw = world.raw(as_of=as_of)
    raw.write_bytes(raw.read_bytes() + "".join(f"{UPCAS['A']},{code},3\n" for code in codes).encode())


def test_when_it_is_new_and_not_the_night_after(world: World) -> None:
    with_others(world, "07:00", "ZZ8")
    assert world.play().state == "complete"
    assert told(world) == "ZZ8 (1 row)"
    with_others(world, "+1 07:00", "ZZ9", "ZZ8")
    world.at("+1 07:45").take(NIGHT + timedelta(days=1))
    assert told(world) == "ZZ9 (1 row)"
    assert {row["store_code"]: row["is_new"] for row in world.lake("raw_stores", NIGHT + timedelta(days=1))} == {
        "S1": False, "S2": False, "ZZ8": False, "ZZ9": True,
    }  # fmt: skip


def test_computed_again_the_night_says_so_again(world: World) -> None:
    with_others(world, "07:00", "ZZ8")
    for _ in range(2):
        world.take()
        assert told(world) == "ZZ8 (1 row)"
