"""The current business date: what put it on hold, and the files and tables that the rest of its run needs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from retailsync_assets.cli.doctor.finding import Finding, attempt, fail, ok, warn, worst
from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.delivery import outbox
from retailsync_assets.errors import Remedy
from retailsync_assets.ledger.ledger import Ledger
from retailsync_assets.ledger.models import Delivery, DeliveryKind, NightState
from retailsync_assets.resources.known_tables import DELIVERED, check_kept
from retailsync_assets.resources.lake_files import LakeFiles
from retailsync_assets.workflow.calendar import business_date
from retailsync_assets.workflow.remedies import command
from retailsync_assets.workflow.status import night_status

RESTORE = "restore it from a backup, then run again"


def of_nightly_run(
    site: Site, home: Home, ledger: Ledger, now: datetime, above: Sequence[Finding]
) -> Iterator[Finding]:
    """By the ledger: whatever `retailsync run` would stop for without asking a server.

    `above` is what was found before: a reason that sends to the doctor has its cause there. Where nothing failed above,
    the cause is gone, and the reason is a warning.
    """
    night = ledger.night_state(business_date(now, site))
    kept = list(_of_what_is_kept(site, home, night))
    yield from kept
    found, tried = night_status(site, night, now), f"business date {night.business_date}"
    if found.state not in ("held", "failed"):
        yield ok("run", tried, "; ".join((found.state, *found.lines)))
        return
    again, broken = command(site.name, night.business_date, Remedy.RUN), worst([*above, *kept]) == "fail"
    for reason in found.reasons:
        if reason.remedy is not Remedy.DOCTOR:
            yield fail(
                "run", tried, reason, found.next_step or f"retailsync status {site.name} --date {found.business_date}"
            )
        elif broken:
            yield fail("run", tried, reason, f"{again}, once the findings above are fixed")
        else:
            yield warn("run", tried, str(reason), again)


def _of_what_is_kept(site: Site, home: Home, night: NightState) -> Iterator[Finding]:
    for kind in DeliveryKind:
        for delivery in night.current_deliveries(kind):
            yield attempt("run", f"bytes of {delivery.file_name}", RESTORE, partial(_bytes, home, delivery))
    lake = LakeFiles(home, site.name)
    for table, kind in DELIVERED.items():
        if night.current_deliveries(kind):
            yield attempt("run", f"rows of {table}", RESTORE, partial(_rows, lake, night, table))


def _bytes(home: Home, delivery: Delivery) -> str:
    outbox.load(home, delivery)
    return "kept, as registered"


def _rows(lake: LakeFiles, night: NightState, table: str) -> str:
    check_kept(lake, night, table)
    return "kept, as registered"


def last_file_bytes(ledger: Ledger | None, site: Site, now: datetime) -> int:
    """The size of the largest file of this business date or of the last one before it; 0 if there is none yet."""
    if ledger is None:
        return 0
    on = business_date(now, site)
    dates = [on, *(each.business_date for each in ledger.accepted_before(on, 1))]
    return max((file.size for each in dates for file in ledger.night_state(each).deliveries), default=0)
