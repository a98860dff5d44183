from retailsync_assets.raw_file.inbox import scan_inbox
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT
from retailsync_assets_tests.end_to_end.nights.world import World

FILES = 100_000


def test_among_a_hundred_thousand_files_the_nights_own_is_found(world: World) -> None:
    (own,) = world.inbox.iterdir()
    for number in range(FILES):
        (world.inbox / f"RetailPro_Inventory_9_{number:014}.csv").touch()
    scan_inbox(world.resources, NIGHT)
    assert [each.file_name for each in world.resources.ledger.night_state(NIGHT).arrivals] == [own.name]
