"""The settings of a site: every section and key of sites.toml, with its default."""

from datetime import time
from typing import Annotated, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, model_validator
from sqlalchemy import make_url

from retailsync_assets.config.accounts import Secret, Section, SftpAccount
from retailsync_assets.config.types import (
    Day,
    FileName,
    Folder,
    LocalTime,
    MailAddress,
    OmsUrl,
    OneOrMore,
    Share,
    Zone,
    plain_host,
    with_secrets,
)

MINUTES_A_DAY = 24 * 60


class Columns(Section):
    """Header names in the raw file."""

    upc: str = "upc"
    store: str = "store_code"
    quantity: str = "qty"

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len({self.upc, self.store, self.quantity}) < 3:
            raise ValueError("expected three different header names")
        return self


class Acknowledgements(Section):
    """Where Retail Pro's acknowledgements of shipped lines come from."""

    source: Literal["fulfillment_history", "responses"] = "fulfillment_history"
    external_config: str = "RETAIL_PRO"
    folder: Folder = "retailpro/orders/responses"
    stuck_after_hours: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 48


class RetailPro(Section):
    """Where raw reset files come from and how they read."""

    inbox: Folder
    file_name: FileName = r"^RetailPro_Inventory_(?P<subsidiary>[0-9]+)_(?P<as_of>[0-9]{14})\.csv$"
    as_of_time_zone: Zone = "UTC"
    max_age_hours: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 24
    columns: Columns = Columns()
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    delimiter: Literal[",", "|", ";", "\t"] = ","
    kind: Literal["full", "delta"] = "full"
    compression: Literal["none"] = "none"
    landing_days: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 30
    sftp: SftpAccount
    acknowledgements: Acknowledgements = Acknowledgements()


class HotWax(Section):
    """Where HotWax keeps its data and polls for files."""

    oms_url: OmsUrl
    reset_folder: Folder
    variance_folder: Folder
    staging_folder: Folder = "hotwax/.staging"
    id_type: str = "UPCA"
    location: str = "TLTLTLLL01"
    facility_id_from: Literal["facility", "external"] = "facility"
    max_rows_per_file: Annotated[int, Field(ge=1)] = 200_000
    poll_minutes: Annotated[float, Field(gt=0, strict=False)] = 15
    sftp: SftpAccount

    @model_validator(mode="after")
    def _three_folders(self) -> Self:
        if len({self.reset_folder, self.variance_folder, self.staging_folder}) < 3:
            raise ValueError("expected reset_folder, variance_folder and staging_folder to be three different folders")
        return self

    @property
    def database(self) -> tuple[str, str, int | None, str | None]:
        """Which OMS database this is, however its host is written: backend, host, port, name."""
        url = make_url(self.resolved_oms_url())
        backend = url.get_backend_name().replace("mariadb", "mysql")
        port = url.port or {"mysql": 3306, "postgresql": 5432}.get(backend)
        return backend, plain_host(url.host or ""), port, url.database

    def resolved_oms_url(self) -> str:
        """The URL with its secrets in place: for the engine only, never for a log or metadata."""
        return with_secrets(self.oms_url)


class Variance(Section):
    """Which shipped units are deducted, and when."""

    rule: Literal["strict", "documented"] = "strict"
    release: Literal["after_reset", "with_reset", "netted"] = "after_reset"
    minutes_after_reset: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 60
    floor_at_zero: bool = True
    replay_movements: bool = False
    window_days: Annotated[int, Field(ge=1)] = 90


def _minutes(clock: str) -> int:
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute


class Schedule(Section):
    """Local times of the nightly run."""

    active_products: LocalTime = "01:00"
    reset: LocalTime = "01:30"
    cut_off: LocalTime = "06:00"
    give_up: LocalTime = "05:55"
    first_night: Day | None = None
    running: bool = True

    @model_validator(mode="after")
    def _in_the_nights_order(self) -> Self:
        cut_off = _minutes(self.cut_off)
        active, reset, give_up = (
            (_minutes(each) - cut_off - 1) % MINUTES_A_DAY for each in (self.active_products, self.reset, self.give_up)
        )
        if not active <= reset < give_up:
            raise ValueError(
                f"expected active_products ({self.active_products}), reset ({self.reset}), give_up ({self.give_up}) and"
                f" cut_off ({self.cut_off}) in this order; times after the cut-off are the evening's before"
            )
        return self


class Limits(Section):
    """Limits of the circuit breakers, against the last accepted runs; beyond one, the run is on hold."""

    first_night: Literal["hold", "pass"] = "hold"
    active_products_drop: Share = 0.05
    raw_rows_drop: Share = 0.10
    raw_rows_rise: Share = 0.25
    rejected_rows: Share = 0.001
    keys_changed: Share = 0.30
    keys_newly_zero: Share = 0.05
    unmatched_active: Share = 0.05
    reset_rows_change: Share = 0.5
    stores_missing: Share = 0.0
    keys_newly_negative: Share = 0.05
    zeros_restored: Share = 1.0
    equal_quantities: Annotated[int, Field(ge=2)] = 50
    absurd_quantity: Annotated[int, Field(ge=1)] = 1_000_000


class Mail(Section):
    """Alerts by e-mail, over SMTP."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    starttls: bool = False
    username: str | None = None
    password: Secret | None = None
    sender: MailAddress
    recipients: Annotated[list[MailAddress], Field(min_length=1)]


class Alerts(Section):
    """Who gets alerts; the log always has them."""

    mail: Mail | None = None
    slack_webhook: Secret | None = None
    hotwax_silent_minutes: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 60
    units_between_rules: Annotated[int, Field(ge=0)] = 100


class Neighbour(NamedTuple):
    """Another site of the same HotWax database: its name, and the product stores it serves."""

    name: str
    product_stores: list[str]


class Site(Section):
    """One brand, country or subsidiary: a Retail Pro, a HotWax, and their schedule."""

    name: str
    time_zone: Zone
    product_store: OneOrMore
    subsidiary: str
    mode: Literal["deliver"] = "deliver"
    retail_pro: RetailPro
    hotwax: HotWax
    variance: Variance = Variance()
    schedule: Schedule = Schedule()
    limits: Limits = Limits()
    alerts: Alerts = Alerts()
    _neighbours: tuple["Neighbour", ...] = PrivateAttr(())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def product_stores(self) -> list[str]:
        """HotWax's product stores that this site serves: their stores and active products together."""
        return list(self.product_store)

    @property
    def neighbours(self) -> tuple["Neighbour", ...]:
        """The other sites of the same sites.toml that read the same HotWax database."""
        return self._neighbours

    def beside(self, neighbours: tuple["Neighbour", ...]) -> "Site":
        """The same site, which knows its neighbours."""
        found = self.model_copy()
        found._neighbours = neighbours
        return found

    def at(self, clock: Literal["active_products", "reset", "cut_off", "give_up"]) -> time:
        """A local clock time of this site's schedule."""
        return time.fromisoformat(getattr(self.schedule, clock))
