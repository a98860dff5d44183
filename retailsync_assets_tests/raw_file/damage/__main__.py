"""`python -m retailsync_assets_tests.raw_file.damage [FILES]`: ten thousand damaged files against the law."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from retailsync_assets_tests.raw_file.damage.filtering import Filter
from retailsync_assets_tests.raw_file.damage.harm import damaged
from retailsync_assets_tests.raw_file.damage.law import broken_by
from retailsync_assets_tests.raw_file.damage.sample import CONTENT


def main(files: int = 10_000, number: int = 1) -> int:
    started, ended, wrong = time.monotonic(), Counter[str](), dict[bytes, str]()
    with tempfile.TemporaryDirectory() as folder:
        filtered = Filter(Path(folder))

        @seed(number)
        @settings(max_examples=files, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
        @given(damaged(CONTENT))
        def every(content: bytes) -> None:
            broken = broken_by(filtered, content)
            ended["wrong" if broken else "delivered" if filtered.delivered else "quarantined"] += 1
            if broken:
                wrong[content] = broken

        every()
        filtered.close()
    for content, broken in wrong.items():
        print(f"{broken}\n  {content!r}")
    seconds = time.monotonic() - started
    print(f"damage: {sum(ended.values()):,} files (seed {number}), {dict(ended)}, {seconds:.0f} s: {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main(*(int(number) for number in sys.argv[1:])))
