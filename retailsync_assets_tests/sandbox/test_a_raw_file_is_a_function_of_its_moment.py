from datetime import datetime, timedelta
from pathlib import Path

from retailsync_assets.sandbox.retail_pro.raw_file import write_raw_file


def test_the_same_moment_gives_the_same_bytes(tmp_path: Path, as_of: datetime) -> None:
    first = write_raw_file(tmp_path, as_of, lines=60_000).read_bytes()
    assert write_raw_file(tmp_path, as_of, lines=60_000).read_bytes() == first


def test_a_day_later_few_quantities_have_moved(tmp_path: Path, as_of: datetime) -> None:
    today = write_raw_file(tmp_path, as_of, lines=20_000).read_text().splitlines()
    tomorrow = write_raw_file(tmp_path, as_of + timedelta(days=1), lines=20_000).read_text().splitlines()
    moved = sum(before != after for before, after in zip(today, tomorrow, strict=True))
    assert 0.02 < moved / len(today) < 0.2


def test_five_million_lines_would_be_three_hundred_megabytes(tmp_path: Path, as_of: datetime) -> None:
    size = write_raw_file(tmp_path, as_of, lines=200_000).stat().st_size
    assert 300e6 < size * 26 < 340e6


def test_it_is_named_for_its_moment_in_utc_and_leaves_no_part(tmp_path: Path, as_of: datetime) -> None:
    write_raw_file(tmp_path, as_of, lines=5_000, subsidiary="7")
    assert [path.name for path in tmp_path.iterdir()] == ["RetailPro_Inventory_7_20261121050000.csv"]
