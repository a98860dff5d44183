"""The product without its defence against clicks: the guard of the deliveries, and what overlaps with it."""

import pytest

from retailsync_assets.assets import nightly_step, reset_delivery, variance_delivery
from retailsync_assets.assets.checks import freshness
from retailsync_assets.assets.checks.freshness import Claim
from retailsync_assets.ledger.models import NightState
from retailsync_assets.raw_file import landing


def the_guard(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks for leave to deliver gets it."""
    for delivery in (reset_delivery, variance_delivery):
        patch.setattr(delivery, "authorize", lambda job, resources, on: resources.ledger.night_state(on))


def the_guard_and_the_record(patch: pytest.MonkeyPatch) -> None:
    """Two lines overlap: what a reset was made from may be made anew, and a delivery gets leave."""
    the_guard(patch)
    the_record(patch)


def the_record(patch: pytest.MonkeyPatch) -> None:
    """What a reset was made from may be made anew at any time."""
    patch.setattr(nightly_step, "as_it_was", lambda resources, asset, on: None)


def the_list(patch: pytest.MonkeyPatch) -> None:
    """Two lines overlap: any filtered rows of the snapshot will do, whichever list they were filtered by."""
    patch.setattr(NightState, "product_list", property(lambda night: night.made["filtered_reset"].product_list))
    patch.setattr(freshness, "of_this_list", lambda standing, asset: Claim(True, "the night's"))


def the_guard_and_the_exactness(patch: pytest.MonkeyPatch) -> None:
    """Two lines overlap: a preview of the variance is not delivered once the evidence is there, leave or no leave."""
    the_guard(patch)
    patch.setattr(variance_delivery, "_refuse_preview", lambda standing, settled: None)


def the_guard_and_the_difference(patch: pytest.MonkeyPatch) -> None:
    """Two lines overlap: what was delivered before is not due again, leave or no leave."""
    the_guard(patch)
    patch.setattr(variance_delivery, "variances_delivered", lambda resources, lake, standing: [])


def the_age_of_the_stock(patch: pytest.MonkeyPatch) -> None:
    """Three lines overlap: old stock is neither landed, nor passed by its check, nor given leave."""
    the_guard(patch)
    patch.setattr(landing, "staleness", lambda site, standing, as_of, now: None)
    patch.setattr(freshness, "young_enough", lambda site, standing, now: Claim(True, "young"))


def the_check_on_the_list(patch: pytest.MonkeyPatch) -> None:
    """Any list of active products will do, also none. Behind it, the filter misses its input."""
    patch.setattr(freshness, "of_this_night", lambda standing, asset: Claim(True, "tonight's"))
    patch.setattr(freshness, "not_refreshed_early", lambda site, standing, now: Claim(True, "not early"))
