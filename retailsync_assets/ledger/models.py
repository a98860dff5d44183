"""What the ledger keeps of a night, as plain values: the facts that every decision is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from retailsync_assets.errors import Reason


class SnapshotState(StrEnum):
    """What became of a raw file."""

    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


class DeliveryKind(StrEnum):
    """The two files HotWax is sent."""

    RESET = "reset"
    VARIANCE = "variance"


class DeliveryState(StrEnum):
    """How far a delivered file has come; applied, partial and rejected are what HotWax made of it."""

    NEW = "new"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    APPLIED = "applied"
    PARTIAL = "partial"
    REJECTED = "rejected"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"


UNFINISHED = (DeliveryState.NEW, DeliveryState.PUBLISHING)
OUT = (DeliveryState.PUBLISHED, DeliveryState.APPLIED, DeliveryState.PARTIAL)
"""HotWax has the file, or has had it."""
BEGUN = (DeliveryState.PUBLISHING, *OUT)
"""The file is out, or may be."""


@dataclass(frozen=True)
class InboxFile:
    """A raw file as last seen in the inbox; `looks` counts the polls at which size and mtime were unchanged."""

    business_date: date
    file_name: str
    as_of: datetime
    size: int
    mtime: int
    looks: int


@dataclass(frozen=True)
class Snapshot:
    """One raw file, whole: `snapshot_id` is `<stamp>-<first 12 hex digits of sha256>`, `as_of` its instant in UTC,
    `columns` the names of its header in order.
    """

    business_date: date
    snapshot_id: str
    file_name: str
    sha256: str
    as_of: datetime
    size: int
    mtime: int
    lines: int
    rows: int
    blank_lines: int
    columns: tuple[str, ...]
    state: SnapshotState
    reason: str


@dataclass(frozen=True)
class Materialization:
    """One computed asset of one date: how many rows, of which snapshot, when, with the hash of its bytes.

    `tables` has the hash of every table of the lake that it wrote. What it was made from: `deliveries`, the names of
    the files it belongs to, and `product_list`, the hashes of active products and stores. `exact` is true of a variance
    that was computed once HotWax had applied the reset; before that it is a preview.
    """

    asset: str
    snapshot_id: str | None
    rows: int
    sha256: str
    made_at: datetime
    tables: Mapping[str, str] = field(default_factory=dict[str, str])
    deliveries: tuple[str, ...] = ()
    product_list: str = ""
    exact: bool = False


@dataclass(frozen=True)
class Delivery:
    """One file for HotWax. `sha12` names the reset before splitting; `epoch` and `candidates` fence its publishing."""

    site: str
    business_date: date
    kind: DeliveryKind
    seq: int
    part: int
    parts: int
    file_name: str
    sha256: str
    sha12: str
    snapshot_id: str
    rows: int
    size: int
    state: DeliveryState = DeliveryState.NEW
    epoch: int = 0
    candidates: tuple[int, ...] = ()
    published_at: datetime | None = None
    left_folder_at: datetime | None = None
    withdrawn_at: datetime | None = None
    finished_at: datetime | None = None
    failed_rows: int = 0
    reason: str = ""
    rows_sha256: str | None = None
    id: int = 0


@dataclass(frozen=True)
class Hold:
    """Why a business date is on hold until a person approves, and who did; an approval covers `figures` alone."""

    cause: str
    subject: str
    reason: str
    raised_at: datetime
    approved_at: datetime | None = None
    approved_by: str | None = None
    approval: str | None = None
    figures: str = ""


OBSERVATION = "observation"
"""The step of an attempt that polled the inbox and HotWax's import log."""
MANIFESTS = "manifests"
"""The step of an attempt that compared the ledger with the manifests."""
LOOKS = (OBSERVATION, MANIFESTS)


@dataclass(frozen=True)
class Attempt:
    """How the last attempts at a step of a business date ended: with `reason`, `times` in a row since `first_at`.

    `step` is a job or one of `LOOKS`. It is there for as long as the step has not got through.
    """

    step: str
    reason: Reason
    first_at: datetime
    last_at: datetime
    times: int = 1


@dataclass(frozen=True)
class NightState:
    """Everything that is known of one night, at one moment.

    `last_applied_as_of` is the newest stock of any other night whose reset went out. `outstanding` are the files of
    other nights that HotWax still has or may get, `given_up` those of recent ones that ended unapplied, and
    `on_hold_elsewhere` the open hold on an outstanding file, by its name. `attempts` are those that did not get
    through, by step. `began_at` is the first entry of the site in this ledger; None: there is none.
    """

    business_date: date
    arrivals: tuple[InboxFile, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    made: dict[str, Materialization] = field(default_factory=dict[str, Materialization])
    deliveries: tuple[Delivery, ...] = ()
    holds: tuple[Hold, ...] = ()
    last_applied_as_of: datetime | None = None
    outstanding: tuple[Delivery, ...] = ()
    given_up: tuple[Delivery, ...] = ()
    on_hold_elsewhere: dict[str, Hold] = field(default_factory=dict[str, Hold])
    attempts: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    began_at: datetime | None = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The raw file this night works with."""
        return next((each for each in self.snapshots if each.state is SnapshotState.ACCEPTED), None)

    @property
    def open_holds(self) -> tuple[Hold, ...]:
        return tuple(hold for hold in self.holds if hold.approved_at is None)

    def current_deliveries(self, kind: DeliveryKind) -> tuple[Delivery, ...]:
        """The parts of the latest reset, or every variance file of the night."""
        of_kind = tuple(each for each in self.deliveries if each.kind is kind)
        if kind is DeliveryKind.VARIANCE:
            return of_kind
        last = self.last_seq(kind)
        return tuple(each for each in of_kind if each.seq == last)

    @property
    def promised_reset(self) -> tuple[Delivery, ...]:
        """The parts of the latest reset: everything after it is of their rows. None once HotWax has rejected one of
        them: then the reset is computed again, and delivered as a whole.
        """
        parts = self.current_deliveries(DeliveryKind.RESET)
        return () if any(each.state is DeliveryState.REJECTED for each in parts) else parts

    def last_seq(self, kind: DeliveryKind) -> int:
        """The highest number given to a delivery of this kind, 0 before the first."""
        return max((each.seq for each in self.deliveries if each.kind is kind), default=0)

    def names(self, *kinds: DeliveryKind) -> tuple[str, ...]:
        """The file names of the current deliveries of these kinds, sorted."""
        return tuple(sorted(each.file_name for kind in kinds for each in self.current_deliveries(kind)))

    def is_of_current_reset(self, asset: str) -> bool:
        """The asset was made for the reset that is out now."""
        return self._is_of(asset, DeliveryKind.RESET)

    def is_of_current_deliveries(self, asset: str) -> bool:
        """The asset was made for the reset and the variances that are out now."""
        return self._is_of(asset, DeliveryKind.RESET, DeliveryKind.VARIANCE)

    def _is_of(self, asset: str, *kinds: DeliveryKind) -> bool:
        made = self.made.get(asset)
        return made is not None and bool(made.deliveries) and made.deliveries == self.names(*kinds)

    @property
    def product_list(self) -> str:
        """Which list of active products and stores there is now, by the hashes of both; "" before there is one."""
        made = self.made.get("active_products")
        return f"{made.sha256[:12]} {made.tables.get('stores', '')[:12]}" if made else ""

    def unpublished(self, kind: DeliveryKind) -> tuple[Delivery, ...]:
        """Files that were promised and are not known to be out."""
        return tuple(each for each in self.current_deliveries(kind) if each.state in UNFINISHED)
