"""The nights that are told: what happens when, how each has to end, and the gate without which it would not."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from retailsync_assets_tests.end_to_end.clocked import gates_taken_out as gates
from retailsync_assets_tests.end_to_end.clocked.gates_taken_out import Gate
from retailsync_assets_tests.end_to_end.clocked.outside import (
    SECOND,
    TONIGHT,
    YESTERDAY,
    Event,
    a_person_approves,
    a_person_takes_it,
    file_of,
    file_so_far,
    hotwax_is_busy_until,
    nothing_is_online,
    oms_comes_back,
    oms_goes_away,
    one_more_leaves,
    retail_pro_does_not_answer_until,
)
from retailsync_assets_tests.end_to_end.clocked.played_night import Ending, Night
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT

SPRING, AUTUMN = date(2025, 3, 9), date(2025, 11, 2)
RIGHT = Ending("complete", ("01:30",), ("02:45",), sent=TONIGHT, stock=5)
MISSED = Ending("failed", told=("raw_reset_file: missed: no reset went out by 05:55; it waited:",))
HELD = f"held: 2 raw files for {NIGHT}, expected one"
AWAY = "active_products: failed: active_products failed 3 times, last: the OMS database"
THREE = ("active_products",) * 3


@dataclass(frozen=True)
class Story:
    """A night in `sites.toml`'s zone. `gate` is what it needs, `wrong` a piece of what is seen without it."""

    title: str
    events: tuple[tuple[str, Event], ...]
    ending: Ending
    gate: Gate
    wrong: str
    start: str = "00:50"
    end: str = "03:05"
    on: date = NIGHT
    settings: dict[str, Any] = field(default_factory=dict[str, Any])


STORIES = (
    Story("the file comes at 23:30 the evening before", (("-1 23:30", file_of("-1 23:20")),), RIGHT,
          gates.the_clock, r"resets: \('01:00',\)", start="-1 23:25"),
    Story("the file comes at 01:47", (("01:47", file_of("01:40")),),
          Ending("complete", ("01:47",), ("03:00",), sent=TONIGHT, stock=5),
          gates.the_rest, r"variances: \('02:00',\)", end="03:20"),
    Story("the file comes at 05:50", (("05:50", file_of("05:40")),),
          Ending("complete", ("05:50",), ("07:00",), sent=TONIGHT, stock=5),
          gates.the_night_before, r"variances: \(\)", start="05:20", end="07:20"),
    Story("the file never comes", (), MISSED, gates.the_end_of_the_tries, "state: waiting", end="06:10"),
    Story("Retail Pro does not answer all night",
          (("00:40", retail_pro_does_not_answer_until("07:00")), ("01:00", file_of("00:50"))),
          Ending("failed", told=("; it waited: sftp://retailpro@127.0.0.1: no answer",)),
          gates.the_reason_of_a_miss, "told: ", end="06:10"),
    Story("there is yesterday's file only", (("-1 04:40", file_of("-1 04:30", YESTERDAY)),), MISSED,
          gates.the_business_date_of_a_file, f"sent: {YESTERDAY}", end="06:10"),
    Story("two files come for one date", (("01:00", file_of("00:50")), ("01:10", file_of("01:05", SECOND))),
          Ending("held", told=(HELD,)), gates.the_holds, f"sent: {SECOND}"),
    Story("two files come, and a person approves",
          (("01:00", file_of("00:50")), ("01:10", file_of("01:05", SECOND)), ("02:03", a_person_approves)),
          Ending("complete", ("02:03",), ("03:15",), sent=SECOND, stock=4, told=(HELD,)),
          gates.the_holds, r"resets: \('01:30',\)", end="03:35"),
    Story("the file grows for two minutes",
          (("01:40", file_so_far("01:35", 3)), ("01:40:30", file_so_far("01:35", 4)),
           ("01:41", file_so_far("01:35", 5)), ("01:41:30", file_of("01:35"))),
          Ending("complete", ("01:42",), ("02:45",), sent=TONIGHT, stock=5), gates.the_second_look, "state: held"),
    Story("nothing is sold online", (("00:30", nothing_is_online), ("01:00", file_of("00:50"))),
          Ending("held", told=("active_products: held: active_products failed 3 times, last: HotWax sells",),
                 failed=THREE), gates.the_word_of_an_empty_list, "told: .*the reset has no rows"),
    Story("the OMS is away for two tries",
          (("00:30", oms_goes_away), ("01:00", file_of("00:50")), ("01:08", oms_comes_back)),
          Ending("complete", ("01:30",), ("02:45",), sent=TONIGHT, stock=5, failed=THREE[:2]),
          gates.the_second_try, "state: failed"),
    Story("the OMS is away for three tries, and nobody comes",
          (("00:30", oms_goes_away), ("01:00", file_of("00:50")), ("01:18", oms_comes_back)),
          Ending("failed", told=(AWAY,), failed=THREE), gates.the_count_of_failures, "state: complete"),
    Story("the OMS is away for two minutes, and looks follow each other by the half minute",
          (("01:00", file_of("00:50")), ("01:29", oms_goes_away), ("01:31:30", oms_comes_back)),
          Ending("complete", ("01:32",), ("02:45",), sent=TONIGHT, stock=5, failed=THREE[:1]),
          gates.the_pause, "state: failed", settings={"schedule": {"active_products": "01:29"}}),
    Story("the OMS is away until 02:10, and a person takes the night",
          (("00:30", oms_goes_away), ("01:00", file_of("00:50")), ("02:10", oms_comes_back),
           ("02:12", a_person_takes_it)),
          Ending("complete", ("02:12",), ("03:15",), sent=TONIGHT, stock=5, told=(AWAY,), failed=THREE),
          gates.the_persons_right, "state: failed", end="03:35"),
    Story("HotWax imports at 03:10 only",
          (("01:00", file_of("00:50")), ("01:30", hotwax_is_busy_until("03:10")), ("03:10", Night.hotwax_polls)),
          Ending("complete", ("01:30",), ("04:10",), sent=TONIGHT, stock=5,
                 told=("applied_reset: HotWax has not imported ResetInventory_",)),
          gates.the_evidence, r"variances: \('02:45',\)", end="04:35"),
    Story("the daemon is down until 02:40", (("01:00", file_of("00:50")),),
          Ending("complete", ("02:40",), ("03:45",), sent=TONIGHT, stock=5),
          gates.the_catching_up, r"resets: \(\)", start="02:40", end="04:05"),
    Story("clocks go forward", (("01:00", file_of("00:50")),),
          Ending("complete", ("01:30",), ("03:45",), sent=TONIGHT, stock=5),
          gates.elapsed_time, r"variances: \('03:00',\)", on=SPRING, end="04:05"),
    Story("clocks go back", (("01:00", file_of("00:50")),),
          Ending("complete", ("01:30",), ("01:45+",), sent=TONIGHT, stock=5),
          gates.elapsed_time, r"variances: \('02:45',\)", on=AUTUMN, end="03:05"),
    Story("clocks go back, and the file comes in the second hour", (("01:40+", file_of("01:30+")),),
          Ending("complete", ("01:40+",), ("02:45",), sent=TONIGHT, stock=5),
          gates.the_rest, r"variances: \('01:45\+',\)", on=AUTUMN, end="03:05"),
    Story("clocks never change", (("00:10", file_of("00:05")),), RIGHT,
          gates.the_zone_of_the_site, r"resets: \('00:30',\)", on=SPRING, start="00:05",
          settings={"time_zone": "America/El_Salvador"}),
    Story("the variance goes with the reset",
          (("01:00", file_of("00:50")), ("01:40", one_more_leaves)),
          Ending("complete", ("01:30",), ("01:30", "01:45"), sent=TONIGHT, stock=4),
          gates.the_variance_at_once, r"variances: \('02:45',\)", end="03:05",
          settings={"variance": {"release": "with_reset"}}),
)  # fmt: skip
