"""`python -m retailsync_assets_tests.end_to_end.kills [NIGHTS] [SIDE_BY_SIDE]`: nights, each killed once or twice.

At every step of a night, and at random pairs of steps, every second one in the middle of what the step does; shuffled.
"""

import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random

from retailsync_assets_tests.end_to_end.kills.ground import Ground
from retailsync_assets_tests.end_to_end.kills.night import play
from retailsync_assets_tests.end_to_end.kills.plans import every_step, play_all, some_pairs

LINE_EVERY = 50


def main(nights: int = 1000, side_by_side: int = 2, seed: int = 1) -> int:
    started, kills, wrong = time.monotonic(), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        grounds = [stack.enter_context(Ground(Path(folder) / str(number))) for number in range(side_by_side)]
        steps = max(play(grounds[0]).steps, key=len)
        singles, chance = every_step(steps), Random(seed)
        plans = [*singles, *some_pairs(steps, max(nights // 2, nights - len(singles)), chance)]
        chance.shuffle(plans)
        plans = plans[:nights]
        for done in range(0, len(plans), LINE_EVERY):
            for plan, night in play_all(grounds, plans[done : done + LINE_EVERY]):
                kills.update(night.killed)
                if night.wrong:
                    wrong += 1
                    print(f"{plan}: killed {night.killed}: {'; '.join(night.wrong)}")
            minutes = (time.monotonic() - started) / 60
            print(f"kills: {min(done + LINE_EVERY, len(plans))} nights, {wrong} wrong, {minutes:.1f} min", flush=True)
    print(
        f"kills: {len(plans)} nights of {len(steps)} steps, {sum(kills.values())} SIGKILLs"
        f" at {len(kills)} kinds of step (seed {seed}): {wrong} nights wrong"
    )
    return 1 if wrong else 0


sys.exit(main(*(int(number) for number in sys.argv[1:])))
