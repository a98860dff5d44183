"""What may be said of a site: every section and key of sites.toml, with its default and what it has to be."""

import os
import re
from datetime import date, time
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

FileContext = ValidationInfo[dict[str, Path]]
"""Validation knows under `folder` where sites.toml lies: paths in it are relative to that."""

_IN_URL = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"expected an IANA time zone such as America/New_York, got {name!r}") from unknown
    return name


def _local_time(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError(f"expected a local time HH:MM, got {text!r}")
    return text


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as unreadable:
        raise ValueError(f"expected a date yyyy-MM-dd, got {text!r}") from unreadable


def _fingerprint(text: str) -> str:
    if not re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}=?", text):
        raise ValueError(f"expected a host key fingerprint SHA256:… (43 characters), got {text!r}")
    return text.rstrip("=")


def _folder(text: str) -> str:
    if not text or ".." in PurePosixPath(text).parts or any(ord(letter) < 32 for letter in text):
        raise ValueError(f"expected a folder on the SFTP server without '..', got {text!r}")
    return str(PurePosixPath(text))


def _file_name(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as broken:
        raise ValueError(f"expected a regular expression: {broken}") from broken
    if not {"subsidiary", "as_of"} <= set(groups):
        raise ValueError("expected a regular expression with the groups (?P<subsidiary>…) and (?P<as_of>…)")
    return pattern


def _present(name: str) -> str:
    if not os.environ.get(name):
        raise ValueError(f"missing secret: the environment variable {name} is not set")
    return name


def _oms_url(url: str, info: FileContext) -> str:
    for name in _IN_URL.findall(url):
        _present(name)
    if url.startswith("sqlite:///") and url != "sqlite:///:memory:":
        return f"sqlite:///{Path(info.context['folder'], url.removeprefix('sqlite:///'))}"
    if "://" not in url:
        raise ValueError("expected an SQLAlchemy URL such as mysql+pymysql://user:{env:OMS_PASSWORD}@host/oms")
    return url


def _key_file(path: str, info: FileContext) -> str:
    file = Path(info.context["folder"], path)
    if not file.is_file():
        raise ValueError(f"missing secret: there is no key file {file}")
    return str(file)


Zone = Annotated[str, AfterValidator(_zone)]
LocalTime = Annotated[str, AfterValidator(_local_time)]
Folder = Annotated[str, AfterValidator(_folder)]
Share = Annotated[float, Field(ge=0, strict=False)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Secret(_Section):
    """The name of an environment variable; its value is read where it is used and kept nowhere."""

    env: Annotated[str, AfterValidator(_present)]

    def reveal(self) -> str:
        return os.environ[self.env]


class SftpAccount(_Section):
    """One account on one SFTP server, and the host keys that server may show."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    username: str
    private_key: Annotated[str, AfterValidator(_key_file)] | None = None
    passphrase: Secret | None = None
    password: Secret | None = None
    fingerprints: Annotated[list[Annotated[str, AfterValidator(_fingerprint)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_credential(self) -> Self:
        if (self.private_key is None) == (self.password is None):
            raise ValueError("expected either private_key or password")
        return self


class Columns(_Section):
    """Header names in the raw file."""

    upc: str = "upc"
    store: str = "store_code"
    quantity: str = "qty"

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len({self.upc, self.store, self.quantity}) < 3:
            raise ValueError("expected three different header names")
        return self


class Acknowledgements(_Section):
    """What tells that Retail Pro has taken note of a shipped line."""

    source: Literal["fulfillment_history", "responses"] = "fulfillment_history"
    external_config: str = "RETAIL_PRO"
    folder: Folder = "retailpro/orders/responses"


class RetailPro(_Section):
    """Where raw reset files come from and how they read."""

    inbox: Folder
    file_name: Annotated[str, AfterValidator(_file_name)] = (
        r"^RetailPro_Inventory_(?P<subsidiary>[0-9]+)_(?P<as_of>[0-9]{14})\.csv$"
    )
    as_of_time_zone: Zone = "UTC"
    max_age_hours: Annotated[float, Field(gt=0, strict=False)] = 24
    columns: Columns = Columns()
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    delimiter: Literal[",", "|", ";", "\t"] = ","
    kind: Literal["full", "delta"] = "full"
    sftp: SftpAccount
    acknowledgements: Acknowledgements = Acknowledgements()


class HotWax(_Section):
    """Where HotWax keeps its data and polls for files."""

    oms_url: Annotated[str, AfterValidator(_oms_url)]
    reset_folder: Folder
    variance_folder: Folder
    staging_folder: Folder = "hotwax/.staging"
    id_type: str = "UPCA"
    location: str = "TLTLTLLL01"
    facility_id_from: Literal["facility", "external"] = "facility"
    max_rows_per_file: Annotated[int, Field(ge=1)] = 200_000
    sftp: SftpAccount

    @model_validator(mode="after")
    def _three_folders(self) -> Self:
        if len({self.reset_folder, self.variance_folder, self.staging_folder}) < 3:
            raise ValueError("expected reset_folder, variance_folder and staging_folder to be three different folders")
        return self

    def resolved_oms_url(self) -> str:
        """The URL with its secrets in place: for the engine only, never for a log or metadata."""
        return _IN_URL.sub(lambda match: os.environ[match[1]], self.oms_url)


class Variance(_Section):
    """Which shipped units are taken off again, and when."""

    rule: Literal["strict", "documented"] = "strict"
    release: Literal["after_reset", "with_reset"] = "after_reset"
    minutes_after_reset: Annotated[float, Field(ge=0, strict=False)] = 60
    floor_at_zero: bool = True
    replay_movements: bool = False


class Schedule(_Section):
    """Local clock times of the night."""

    active_products: LocalTime = "01:00"
    reset: LocalTime = "01:30"
    cut_off: LocalTime = "06:00"
    give_up: LocalTime = "05:55"
    first_night: Annotated[str, AfterValidator(_date)] = "2025-01-01"
    running: bool = True


class Limits(_Section):
    """Breakers, as shares against the last accepted nights: beyond one, a person has to approve the night."""

    first_night: Literal["hold", "pass"] = "hold"
    active_products_drop: Share = 0.05
    raw_rows_drop: Share = 0.10
    raw_rows_rise: Share = 0.25
    rejected_rows: Share = 0.001
    keys_changed: Share = 0.30
    keys_newly_zero: Share = 0.05
    unmatched_active: Share = 0.05


class Mail(_Section):
    """Alerts by e-mail, over SMTP."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    starttls: bool = False
    username: str | None = None
    password: Secret | None = None
    sender: str
    recipients: Annotated[list[str], Field(min_length=1)]


class Alerts(_Section):
    """Who hears of a night that needs a person; the log always does."""

    mail: Mail | None = None
    slack_webhook: Secret | None = None
    hotwax_silent_minutes: Annotated[float, Field(gt=0, strict=False)] = 60


class Site(_Section):
    """One brand, country or subsidiary: a Retail Pro, a HotWax, and the clock of their nights."""

    name: str
    time_zone: Zone
    product_store: str
    subsidiary: str
    retail_pro: RetailPro
    hotwax: HotWax
    variance: Variance = Variance()
    schedule: Schedule = Schedule()
    limits: Limits = Limits()
    alerts: Alerts = Alerts()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def at(self, clock: Literal["active_products", "reset", "cut_off", "give_up"]) -> time:
        """A local clock time of this site's schedule."""
        return time.fromisoformat(getattr(self.schedule, clock))
