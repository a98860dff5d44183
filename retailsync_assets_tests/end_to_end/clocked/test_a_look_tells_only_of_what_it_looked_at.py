"""What stopped a look at the inbox stands until one gets through there; once the reset is out, nobody waits for it."""

from functools import partial

from retailsync_assets.errors import Kind, Reason
from retailsync_assets.ledger.models import OBSERVATION, DeliveryKind
from retailsync_assets.orchestration.observation import observe
from retailsync_assets.raw_file.inbox import scan_inbox
from retailsync_assets_tests.end_to_end.clocked.clicks import at, file_is_there
from retailsync_assets_tests.end_to_end.clocked.conftest import NewNight
from retailsync_assets_tests.end_to_end.clocked.outside import retail_pro_does_not_answer_until
from retailsync_assets_tests.end_to_end.clocked.played_night import Night
from retailsync_assets_tests.ledger.states import AWAY


def stopped(night: Night) -> tuple[Kind, str, int] | None:
    """The kind of the last look that did not get through, since when, and how often."""
    found = night.world.resources.ledger.night_state(night.on).attempts.get(OBSERVATION)
    return found and (found.reason.kind, night.local(found.first_at), found.times)


def test_the_refresh_of_the_active_products_leaves_a_failure_at_the_inbox_as_it_was(new_night: NewNight) -> None:
    night = new_night()
    retail_pro_does_not_answer_until("01:30")(night)
    at(night, "00:30")
    night.daemon.look()
    at(night, "01:00")
    (schedule,) = (each for each in night.daemon.repository.schedule_defs if "active_products" in each.name)
    assert night.daemon.tick(schedule)
    assert stopped(night) == (Kind.ERROR, "00:30", 1)
    at(night, "01:01")
    night.daemon.look()
    assert stopped(night) == (Kind.ERROR, "00:30", 2)


def test_a_look_at_the_inbox_that_gets_through_ends_it(new_night: NewNight) -> None:
    night = new_night()
    resources = at(night, "00:30").resources
    resources.ledger.record_attempt(night.on, OBSERVATION, AWAY, resources.now())
    observe(resources, night.on, partial(scan_inbox, resources, night.on))
    assert stopped(night) is None


def test_so_does_any_look_once_the_reset_is_delivered(new_night: NewNight) -> None:
    night = new_night()
    file_is_there(night)
    resources = night.world.resources
    night.world.take(night.on)
    assert resources.ledger.night_state(night.on).current_deliveries(DeliveryKind.RESET)
    resources.ledger.record_attempt(night.on, OBSERVATION, Reason(Kind.ERROR, "no answer"), resources.now())
    observe(resources, night.on, None)
    assert stopped(night) != (Kind.ERROR, "01:35", 1)
