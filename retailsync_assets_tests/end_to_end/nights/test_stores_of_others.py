from retailsync_assets_tests.end_to_end.nights.catalogue import UPCAS
from retailsync_assets_tests.end_to_end.nights.world import World

OTHERS = "".join(f"{upca},X{number},3\n" for number in (1, 2) for upca in UPCAS.values()).encode()


def test_their_rows_are_ignored_and_counted(world: World) -> None:
    raw = world.raw()
    raw.write_bytes(raw.read_bytes() + OTHERS)
    assert world.take().state == "waiting"
    assert world.delivered("reset") == {(store, sku): 10 for store in ("F1", "F2") for sku in "ABC"}
    counted = world.lake("raw_stores")
    rows = [(row["store_code"], row["rows"], row["facility_id"]) for row in counted]
    assert rows == [("S1", 3, "F1"), ("S2", 3, "F2"), ("X1", 5, None), ("X2", 5, None)]


def test_a_file_with_none_of_the_sites_is_quarantined(world: World) -> None:
    raw = world.raw_bytes(b"upc,store_code,qty\n" + OTHERS)
    quarantined = world.take()
    assert (quarantined.state, quarantined.exit_code, world.files("reset")) == ("held", 4, {})
    reason = (
        f"quarantined: {raw.name}: it has no row for any of the site's stores: it is the file of another subsidiary"
    )
    assert quarantined.lines == (reason,)
    assert [file.read_bytes() for file in world.landing.iterdir()] == [raw.read_bytes()]


def test_a_file_of_another_subsidiary_is_not_looked_at(world: World) -> None:
    world.raw_bytes(b"no file of this site's", subsidiary="2")
    assert world.take().lines == (f"no raw reset file for 2025-11-21 in {world.name}/raw yet",)
