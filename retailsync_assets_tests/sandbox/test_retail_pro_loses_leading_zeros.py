import csv
from datetime import datetime
from pathlib import Path

from retailsync_assets.sandbox.retail_pro.raw_file import write_raw_file
from retailsync_assets.sandbox.sample.stores_and_products import ONLINE


def test_half_of_the_barcodes_that_begin_with_zero_are_numbers_in_retail_pro(tmp_path: Path, as_of: datetime) -> None:
    with write_raw_file(tmp_path, as_of, lines=5_000).open(encoding="utf-8", newline="") as file:
        upcs = {row["upc"] for row in csv.DictReader(file)}
    with_zeros = [item for item in ONLINE if item.upca.startswith("0")]
    kept = [item for item in with_zeros if item.upca in upcs]
    lost = [item for item in with_zeros if item.upca.lstrip("0") in upcs]
    assert (len(with_zeros), len(kept), len(lost)) == (21, 10, 11)
    assert any(item.upca.startswith("00") for item in lost)
