from retailsync_assets_tests.end_to_end.nights.catalogue import STORES
from retailsync_assets_tests.end_to_end.nights.conftest import NewWorld


def test_both_files_name_stores_by_it_where_the_site_says_so(new_world: NewWorld) -> None:
    world = new_world(hotwax={"facility_id_from": "external"})
    for code in STORES.values():  # a HotWax that takes such a file knows its stores under the code
        world.execute("INSERT INTO FACILITY (FACILITY_ID) VALUES (:code)", code=code)
    world.raw()
    world.orders.ship("F2", "-1 09:00")
    world.take()
    (reset,) = world.files("reset").values()
    stores = [(row["facilityId"], row["externalFacilityId"]) for row in reset]
    assert stores == [("S1", "S1")] * 3 + [("S2", "S2")] * 3
    world.at("08:00").import_files()
    world.at("09:00").take()
    assert world.delivered("variance") == {("S2", "A"): -2}
