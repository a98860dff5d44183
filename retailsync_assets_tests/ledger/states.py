"""The parts of which a night's standing is built by hand. Times are local to New York unless they say Z."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from retailsync_assets.errors import Kind, Reason, Remedy
from retailsync_assets.ledger.models import (
    Attempt,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Hold,
    InboxFile,
    Materialization,
    NightState,
    Snapshot,
    SnapshotState,
)

NEW_YORK = ZoneInfo("America/New_York")
ON = date(2026, 11, 21)
RAW = "RetailPro_Inventory_1_20261121050000.csv"
STALE = "RetailPro_Inventory_1_20261121040000.csv"
AS_OF = datetime(2026, 11, 21, 5, tzinfo=UTC)
AWAY = Reason(Kind.ERROR, "the server is away", Remedy.DOCTOR)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """`01:30`, or `2026-11-21 01:30`, on the clock of that zone; `+` behind it: the second time in an autumn night."""
    clock = datetime.fromisoformat(text.rstrip("+") if "-" in text else f"{ON} {text}")
    return clock.replace(tzinfo=zone, fold=1 if text.endswith("+") else 0).astimezone(UTC)


def night(*parts: object, **facts: Any) -> NightState:
    """A standing of these parts, each of which knows where it belongs; the ledger is older than all of them."""
    return NightState(
        ON,
        began_at=facts.pop("began_at", at("2026-11-01 12:00")),
        attempts={part.step: part for part in parts if isinstance(part, Attempt)},
        arrivals=tuple(part for part in parts if isinstance(part, InboxFile)),
        snapshots=tuple(part for part in parts if isinstance(part, Snapshot)),
        made={part.asset: part for part in parts if isinstance(part, Materialization)},
        deliveries=tuple(part for part in parts if isinstance(part, Delivery)),
        holds=tuple(part for part in parts if isinstance(part, Hold)),
        **facts,
    )


def arrival(looks: int = 2, size: int = 100, name: str = RAW) -> InboxFile:
    return InboxFile(ON, name, AS_OF, size, 0, looks)


def snapshot(state: SnapshotState = SnapshotState.ACCEPTED, as_of: datetime = AS_OF) -> Snapshot:
    return Snapshot(ON, "20261121050000-abc", RAW, "abc", as_of, 100, 0, 3, 2, 0, ("upc",), state, f"{RAW}: why")


def made(asset: str, *of: Delivery, when: str = "01:30") -> Materialization:
    """An asset, and the deliveries that it was made from."""
    names = tuple(sorted(each.file_name for each in of))
    return Materialization(asset, "20261121050000-abc", 5, "sha", at(when), {asset: "sha"}, names)


def held() -> Reason:
    """What `hold()` says while it is open."""
    return Reason(Kind.HELD, "it looks odd", Remedy.APPROVE)


def reset(
    state: DeliveryState = DeliveryState.APPLIED, finished: str = "02:00", part: int = 1, seq: int = 1
) -> Delivery:
    ended = state in (DeliveryState.APPLIED, DeliveryState.PARTIAL, DeliveryState.REJECTED)
    return Delivery(
        site="demo",
        business_date=ON,
        kind=DeliveryKind.RESET,
        seq=seq,
        part=part,
        parts=1,
        file_name=f"reset_{seq}_{part}.csv",
        sha256="sha",
        sha12="sha",
        snapshot_id="20261121050000-abc",
        rows=5,
        size=50,
        state=state,
        finished_at=at(finished) if ended else None,
    )


def variance(state: DeliveryState = DeliveryState.APPLIED, seq: int = 1) -> Delivery:
    return replace(reset(state, "03:10"), kind=DeliveryKind.VARIANCE, file_name=f"variance_{seq}.csv", seq=seq)


def failed(step: str, times: int, when: str = "01:30", reason: Reason = AWAY) -> Attempt:
    """So many attempts in a row, the last of them then, all within the ten minutes before."""
    return Attempt(step, reason, at(when) - timedelta(minutes=10), at(when), times)


def hold(subject: str = "subject", *, approved: bool = False) -> Hold:
    return Hold("cause", subject, "it looks odd", at("01:31"), at("01:40") if approved else None)


ACTIVE = made("active_products", when="01:00")
R = reset()
V = variance()
APPLIED = (ACTIVE, snapshot(), R, made("applied_reset", R))
DELIVERED = (*APPLIED, made("variance_delivery", R), V)
