"""The product without one of its gates, for as long as a test patches it: what each of them is there for."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from retailsync_assets.assets import active_products, metadata, raw_reset_file
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery import applied_rows, import_evidence
from retailsync_assets.delivery.import_log import ImportRun
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, NightState
from retailsync_assets.orchestration import run_queue, run_requests, sensors
from retailsync_assets.orchestration.execution import night_runner
from retailsync_assets.raw_file import inbox
from retailsync_assets.resources.oms import Oms
from retailsync_assets.workflow import calendar, decision, raw_files
from retailsync_assets.workflow.step import NextStep
from retailsync_assets_tests.end_to_end.nights.clock import NIGHT

Gate = Callable[[pytest.MonkeyPatch], None]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def the_clock(patch: pytest.MonkeyPatch) -> None:
    """Schedules and sensors are answered as a person is, whom no clock holds back."""
    asked = decision.next_step

    def verdict(site: Site, standing: NightState, now: datetime, *, by_hand: bool) -> NextStep:
        return asked(site, standing, now, by_hand=True)

    patch.setattr(run_requests, "next_step", verdict)


def the_end_of_the_tries(patch: pytest.MonkeyPatch) -> None:
    """A night is given up a day later than its site says."""
    asked = calendar.clock_time

    def clock(on: date, name: str, site: Site) -> datetime:
        return asked(on, name, site) + timedelta(days=name == "give_up")  # pyright: ignore[reportArgumentType]

    patch.setattr(decision, "clock_time", clock)


def the_rest(patch: pytest.MonkeyPatch) -> None:
    """The variance follows its reset at once."""
    patch.setattr(decision, "variance_release_at", lambda site, resets: LONG_AGO)


def elapsed_time(patch: pytest.MonkeyPatch) -> None:
    """The rest is over when the wall clock shows so many minutes more, whatever was done to that clock meanwhile."""

    def rest_ends(site: Site, resets: Iterable[Delivery]) -> datetime:
        finished = max(each.finished_at for each in resets if each.finished_at).astimezone(site.zone)
        shown = (finished + timedelta(minutes=site.variance.minutes_after_reset)).replace(tzinfo=None)
        moment = finished.astimezone(UTC)
        while moment.astimezone(site.zone).replace(tzinfo=None, fold=0) < shown:
            moment += timedelta(minutes=1)
        return moment

    patch.setattr(decision, "variance_release_at", rest_ends)


def the_zone_of_the_site(patch: pytest.MonkeyPatch) -> None:
    """Every clock is New York's."""
    patch.setattr(Site, "zone", property(lambda site: ZoneInfo("America/New_York")))


def the_night_before(patch: pytest.MonkeyPatch) -> None:
    """Once a business date has ended, nobody looks after it."""
    patch.setattr(
        sensors, "nights_open", lambda resources: (calendar.business_date(resources.now(), resources.site),) * 2
    )


def the_catching_up(patch: pytest.MonkeyPatch) -> None:
    """Active products are made at their clock times only."""
    patch.setattr(sensors, "ARRIVAL", ("reset",))


def the_second_look(patch: pytest.MonkeyPatch) -> None:
    """A file counts as whole at its first look."""
    for module in (raw_files, decision, inbox, raw_reset_file):
        patch.setattr(module, "STABLE_SCANS", 1)


def the_business_date_of_a_file(patch: pytest.MonkeyPatch) -> None:
    """Any file in the inbox is tonight's."""
    patch.setattr(inbox, "business_date", lambda as_of, site: NIGHT)


def the_holds(patch: pytest.MonkeyPatch) -> None:
    """Nothing is ever held. Two lines of defence overlap here, the verdict's and the landing's: both read the holds."""
    patch.setattr(Ledger, "raise_hold", lambda ledger, on, hold: None)


def the_word_of_an_empty_list(patch: pytest.MonkeyPatch) -> None:
    """An active list without products is as good as any other. Behind it stands the breaker of a reset without rows."""
    patch.setattr(active_products, "check_sold_online", lambda product_stores, sold: None)


def the_count_of_failures(patch: pytest.MonkeyPatch) -> None:
    """A job may fail as often as it likes."""
    patch.setattr(decision, "TRIES", 1000)


def the_persons_right(patch: pytest.MonkeyPatch) -> None:
    """A person is held back by the clock and by failures as the schedules are."""
    asked = decision.next_step

    def verdict(site: Site, standing: NightState, now: datetime, *, by_hand: bool) -> NextStep:
        return asked(site, standing, now, by_hand=False)

    patch.setattr(night_runner, "next_step", verdict)


def the_second_try(patch: pytest.MonkeyPatch) -> None:
    """The first failure stops a night."""
    patch.setattr(decision, "TRIES", 1)


def the_pause(patch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at the next look."""
    patch.setattr(decision, "PAUSE", timedelta())


def the_end_of_a_row(patch: pytest.MonkeyPatch) -> None:
    """Failures count for the whole night, whatever came through in between."""
    patch.setattr(metadata, "COMPLETES", {})


def the_site_of_the_pages_runs(patch: pytest.MonkeyPatch) -> None:
    """A run is of the site that its tag names, and the page tags none."""
    patch.setattr(run_queue, "sites_of", lambda run: {run.tags.get(run_queue.SITE_TAG)})


def the_sign_of_life(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks whether a run that has begun is still alive."""
    patch.setattr(run_requests, "is_dead", lambda home, run_id: False)


def the_reason_of_a_miss(patch: pytest.MonkeyPatch) -> None:
    """Nobody enters what a night waits for."""
    patch.setattr(Ledger, "record_attempt", lambda ledger, on, step, reason, now: None)


def the_evidence(patch: pytest.MonkeyPatch) -> None:
    """A file that has left its folder counts as applied. Two lines overlap, and both are taken out: what the ledger
    notes of HotWax's log, and the import that `applied_reset` asks for once more."""

    def imports_of(delivery: Delivery, oms: Oms) -> list[ImportRun]:
        left = delivery.left_folder_at
        return [ImportRun("", "SERVICE_FINISHED", delivery.published_at, left, None, 0, None)] if left else []

    patch.setattr(import_evidence, "imports_of", imports_of)
    patch.setattr(applied_rows, "imports_of", imports_of)


def the_variance_at_once(patch: pytest.MonkeyPatch) -> None:
    """`with_reset` is taken for `after_reset`."""
    asked = decision._after_the_reset

    def after(site: Site, standing: NightState, resets: tuple[Delivery, ...], now: datetime) -> NextStep:
        late = site.model_copy(update={"variance": site.variance.model_copy(update={"release": "after_reset"})})
        return asked(late, standing, resets, now)

    patch.setattr(decision, "_after_the_reset", after)
