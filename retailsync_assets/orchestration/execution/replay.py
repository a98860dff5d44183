"""A past run computed again from its stored inputs and compared with what was delivered."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from retailsync_assets.config.home import Home
from retailsync_assets.config.loader import Site
from retailsync_assets.config.wording import counted
from retailsync_assets.delivery import outbox
from retailsync_assets.delivery.applied_rows import variances_delivered
from retailsync_assets.delivery.import_files import reset_file, sent_facility, split_reset, variance_file
from retailsync_assets.errors import NotPossible
from retailsync_assets.ledger.clone import forget_deliveries
from retailsync_assets.ledger.models import Delivery, DeliveryKind, DeliveryState, NightState
from retailsync_assets.orchestration.execution.dry_run import LEDGER, dry_run, materialize
from retailsync_assets.raw_file.landing import has_its_hash
from retailsync_assets.resources.clock import Clock
from retailsync_assets.resources.lake import Lake, fetch_dicts
from retailsync_assets.resources.site import SiteResources

Row = dict[str, Any]
KEPT = ("active_products", "stores")
COUNTED = "filtered_reset", "shipped_lines", "erased_movements", "applied_reset"
NIGHTS = "SELECT DISTINCT business_date FROM reset_delivery"


@dataclass(frozen=True)
class Difference:
    """A SKU-location whose delivered and replayed rows differ, as written in the file; None: no such row."""

    facility_id: str
    id_value: str
    delivered: str | None
    replayed: str | None


@dataclass(frozen=True)
class Compared:
    """One delivery: `equal` byte for byte, or, where several variances make up one, unit for unit of every key."""

    delivery: str
    equal: bool
    rows: int
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Replay:
    """A replayed business date: every delivery, compared."""

    site: str
    business_date: str
    snapshot_id: str
    equal: bool
    deliveries: tuple[Compared, ...]

    def document(self) -> Row:
        """The JSON of `retailsync run --replay --json`."""
        return asdict(self)


def replay(site: Site, home: Home, on: date, clock: Clock) -> Replay:
    """Compute the files again from the stored raw file and lake tables, and compare; delivers and stores nothing.

    Raises `NotPossible` where what it needs was not kept, or there is no delivery to compare with.
    """
    with dry_run(site, home, on, clock) as resources:
        standing, lake = resources.ledger.night_state(on), Lake(resources.home, site.name)
        _refuse_what_was_not_kept(site, lake, standing)
        forget_deliveries(resources.home.folder / LEDGER, site.name, on)
        sent = lake.rows("reset_delivery", on)
        materialize(resources, on, "filtered_reset")
        _net(lake, on, sent)
        found = (*_resets(resources, home, lake, standing), *_variances(resources, home, lake, standing))
    snapshot_id = standing.current_deliveries(DeliveryKind.RESET)[0].snapshot_id
    return Replay(site.name, on.isoformat(), snapshot_id, all(each.equal for each in found), found)


def _net(lake: Lake, on: date, sent: list[Row]) -> None:
    """The filtered rows carry what the reset carried: HotWax's database has moved on, what was known then is kept."""
    carried = {(row["facility_id"], row["product_id"]): row["netted"] for row in sent if row["netted"]}
    if not carried:
        return
    rows = lake.rows("filtered_reset", on)
    for row in rows:
        row["netted"] = carried.get((row["facility_id"], row["product_id"]), 0)
        row["quantity"] += row["netted"]
    with lake.get_connection() as duck:
        lake.load(duck, "netted", "filtered_reset", rows)
        lake.write_table(duck.table("netted"), on, "filtered_reset")


def _refuse_what_was_not_kept(site: Site, lake: Lake, standing: NightState) -> None:
    on, snapshot = standing.business_date, standing.snapshot
    if snapshot is None or not standing.current_deliveries(DeliveryKind.RESET):
        nights = f'retailsync query {site.name} "{NIGHTS}"'
        raise NotPossible(
            f"no reset was delivered for {on}: there is nothing to compare with; to list delivered dates: {nights}"
        )
    if not has_its_hash(lake.landing, snapshot):
        raise NotPossible(
            f"{snapshot.file_name} is missing or changed in landing/: raw files are kept for retail_pro.landing_days"
        )
    missing = [table for table in KEPT if not lake.has(table, on)]
    if missing:
        raise NotPossible(f"the lake has no {' and no '.join(missing)} of {on}")


def _resets(resources: SiteResources, home: Home, lake: Lake, standing: NightState) -> Iterator[Compared]:
    settings, delivered = resources.site.hotwax, standing.current_deliveries(DeliveryKind.RESET)
    slices = split_reset(settings, lake.rows("filtered_reset", standing.business_date))
    replayed = [reset_file(settings, rows, delivered[0].snapshot_id) for rows in slices]
    for number, delivery in enumerate(delivered):
        again = replayed[number] if number < len(replayed) else reset_file(settings, (), delivery.snapshot_id)
        yield _compared(delivery, outbox.load(home, delivery), again)
    for number, extra in enumerate(replayed[len(delivered) :], start=len(delivered) + 1):
        nothing = reset_file(settings, (), delivered[0].snapshot_id)
        differences = tuple(_differences(nothing, extra))
        yield Compared(f"a part {number} that was not delivered", equal=False, rows=0, differences=differences)


def _variances(resources: SiteResources, home: Home, lake: Lake, standing: NightState) -> Iterator[Compared]:
    """From the lines and movements as they were asked for then: HotWax's database has moved on."""
    if "variance_delivery" not in standing.made:
        return
    settings, reset = resources.site.hotwax, standing.current_deliveries(DeliveryKind.RESET)[0]
    due = _variance_due(resources, lake, standing)
    files = standing.current_deliveries(DeliveryKind.VARIANCE)
    again = variance_file(settings, due, reset.snapshot_id, reset.sha12)
    if len(files) == 1 and files[0].state is not DeliveryState.REJECTED:
        yield _compared(files[0], outbox.load(home, files[0]), again)
        return
    sent = dict[tuple[str, str], int]()
    for row in variances_delivered(resources, lake, standing):
        key = sent_facility(settings, row), row["upca"]
        sent[key] = sent.get(key, 0) + row["delta"]
    replayed = {(sent_facility(settings, row), row["upca"]): row["delta"] for row in due}
    differences = tuple(
        Difference(*key, str(sent.get(key, 0)), str(replayed.get(key, 0)))
        for key in sorted(sent.keys() | replayed.keys())
        if sent.get(key, 0) != replayed.get(key, 0)
    )
    name = f"{counted(len(files), 'variance')} together" if files else "no variance"
    yield Compared(name, not differences, len(sent), differences)


def _variance_due(resources: SiteResources, lake: Lake, standing: NightState) -> Sequence[Row]:
    rules, external = resources.site.variance, resources.site.hotwax.facility_id_from == "external"
    with lake.get_connection() as duck:
        lake.attach(duck, standing.business_date, *COUNTED)
        lake.load(duck, "variance_delivered", "variance_delivery", [])
        lake.run_query(duck, "variance/reset_keys", now=resources.now().replace(tzinfo=None), evidence=True)
        lake.run_query(duck, "variance/partial_shipment_variance", floor=rules.floor_at_zero, rule=rules.rule)
        return fetch_dicts(lake.run_query(duck, "variance/variance_due", external=external))


def _compared(delivery: Delivery, delivered: bytes, replayed: bytes) -> Compared:
    differences = () if delivered == replayed else tuple(_differences(delivered, replayed))
    return Compared(delivery.file_name, delivered == replayed, delivery.rows, differences)


def _differences(delivered: bytes, replayed: bytes) -> Iterator[Difference]:
    before, after = _by_key(delivered), _by_key(replayed)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield Difference(*key, before.get(key), after.get(key))


def _by_key(content: bytes) -> dict[tuple[str, str], str]:
    lines = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return {(row["facilityId"], row["idValue"]): ",".join(row.values()) for row in lines}
