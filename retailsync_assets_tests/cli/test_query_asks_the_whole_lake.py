from retailsync_assets.resources.tables import TABLES
from retailsync_assets_tests.cli.conftest import Played


def test_its_json_is_a_list_of_rows(played: Played) -> None:
    answer = played.retailsync(
        "query", "demo", "--json",
        "SELECT facility_id, raw_quantity, variance, target_quantity, hotwax_quantity, business_date"
        " FROM applied_inventory WHERE variance = -2 AND facility_id = 'NEW_YORK' ORDER BY upca LIMIT 1",
    )  # fmt: skip
    assert answer.code == 0
    assert answer.document == [
        {
            "facility_id": "NEW_YORK",
            "raw_quantity": 10,
            "variance": -2,
            "target_quantity": 8,
            "hotwax_quantity": 8,
            "business_date": str(played.on),
        }
    ]


def test_every_table_is_there_and_most_of_them_have_rows(played: Played) -> None:
    counts = " UNION ALL ".join(f"(FROM {table} SELECT '{table}' AS name, count(*) AS rows)" for table in TABLES)
    rows = {row["name"]: row["rows"] for row in played.retailsync("query", "demo", counts, "--json").document}
    assert set(rows) == set(TABLES)
    assert rows["raw_reset_file"] == 5_000
    assert rows["snapshots"] == 1
    assert rows["filtered_reset"] == rows["applied_inventory"] == rows["applied_reset"] > 2_000
    assert rows["variance_delivery"] > 0


def test_what_it_can_not_answer_is_told_line_by_line(played: Played) -> None:
    answer = played.retailsync("query", "demo", "FROM nowhere")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines()[0] == "retailsync: Catalog Error: Table with name nowhere does not exist!"
