import csv

from retailsync_assets.sandbox.setup import create
from retailsync_assets_tests.cli.command import Retailsync
from retailsync_assets_tests.cli.conftest import Played


def test_its_tables_its_document_and_its_file(played: Played) -> None:
    file = played.retailsync.home / "plan.csv"
    shown = played.retailsync("plan", "demo", "--date", str(played.on), "--csv", file, "--top", "3")
    rows = list(csv.DictReader(file.read_text().splitlines()))
    file.unlink()
    assert shown.code == 0, shown.err
    first, second, *_ = shown.out.splitlines()
    assert first.startswith(f"demo · plan for {played.on} · snapshot of ")
    assert second.startswith(f"  none of {len(rows):,} SKU-locations changes; ")
    assert "by store" in shown.out
    assert shown.out.rstrip().endswith("the reset for this business date is already delivered: nothing is sent again")
    answer = played.retailsync("plan", "demo", "--date", str(played.on), "--json", "--top", "3")
    assert answer.code == 0, answer.err
    assert answer.document["totals"]["keys"] == len(rows)
    assert len(answer.document["movers"]) <= 3
    assert {row["facility_id"] for row in rows} == {row["facility_id"] for row in answer.document["stores"]}


def test_eighty_columns_have_room_for_whole_names(new: Retailsync) -> None:
    create(new.home / ".retailsync/sandbox", lines=2500)
    shown = new.on_a_terminal(80, "plan", "demo", "--top", "8")
    start, end = shown.index("SKU-locations that change, by product"), shown.index("Largest changes")
    assert max(map(len, shown[start:end])) <= 80
    rows = [line.split() for line in shown[start:end] if line.strip()[:1].isdigit()]
    planned = new("plan", "demo", "--json").document["products"]
    told = [[str(row[name]) for name in ("upca", "internal_name", "changed", "units_up")] for row in planned]
    assert len(rows) == 8
    assert all(row[:4] in told for row in rows)
    assert any("-" in name for _, name, *_ in rows), "a name that a line may be broken in"


def test_it_ends_with_the_command_that_releases_what_would_hold_the_night(new: Retailsync) -> None:
    sites = create(new.home / ".retailsync/sandbox", lines=2500)
    sites.write_text(sites.read_text().replace('"pass"', '"hold"'))
    *_, why, mend = new("plan", "demo").out.splitlines()
    assert why == "  → would be on hold: first_night: there is no earlier run to compare with"
    assert mend.startswith("  Next step, once the run is on hold: retailsync approve demo --date ")
    assert new("run", "demo").code == 4
    *_, why, mend = new("plan", "demo").out.splitlines()
    assert why == "  → on hold: first_night: there is no earlier run to compare with"
    released, command = mend.removeprefix("  Next step: retailsync ").replace("TEXT", "looked"), "approve demo --date "
    assert released.startswith(command)
    assert new(*released.split()).code == 0


def test_without_a_raw_file_it_waits(played: Played) -> None:
    answer = played.retailsync("plan", "demo", "--date", played.night(30))
    assert (answer.code, answer.out) == (3, "")
    assert "has not begun" in answer.err
