"""The first third of observe, decide, act: what the inbox and HotWax say now, entered in the ledger."""

from datetime import date, timedelta

from retailsync_assets.delivery.import_evidence import refresh_imports
from retailsync_assets.ledger.models import NightState
from retailsync_assets.raw_file.inbox import scan_inbox
from retailsync_assets.resources.site import SiteResources


def observe(
    resources: SiteResources, on: date, *, inbox: bool = True, apart: timedelta = timedelta()
) -> tuple[NightState, list[str]]:
    """Where a business date stands after a look at everything outside, and the hostile names that lie in the inbox.

    Schedules, sensors and `run` decide on what this answers; a delivery's guard looks at HotWax once more by itself.
    Raises what the servers, HotWax's database and the ledger raise.
    """
    hostile = scan_inbox(resources, on, apart) if inbox else []
    return refresh_imports(resources, on), hostile
