"""What a value of sites.toml may be: each type refuses in words that say what was expected."""

import os
import re
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from typing import Annotated, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

FileContext = ValidationInfo[dict[str, Path]]
"""Validation knows under `folder` where sites.toml lies: paths in it are relative to that."""

_SECRET_IN_URL = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


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


def is_same_folder(one: str, other: str) -> bool:
    """Can two folders of one account be the same? One may be written from the root, the other from the login folder."""
    short, long = sorted((PurePosixPath(one), PurePosixPath(other)), key=lambda path: path.is_absolute())
    if short.is_absolute() == long.is_absolute():
        return short == long
    return long.parts[-len(short.parts) :] == short.parts


def plain_host(host: str) -> str:
    """A host as it is compared with another: this machine has several names."""
    name = host.strip().rstrip(".").lower()
    return "localhost" if name in ("127.0.0.1", "::1", "[::1]") else name


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
    missing = [name for name in dict.fromkeys(_SECRET_IN_URL.findall(url)) if not os.environ.get(name)]
    if missing:
        raise ValueError(f"missing secret: not set in the environment: {', '.join(missing)}")
    try:
        read = make_url(with_secrets(url))
        read.get_dialect().import_dbapi()
    except (ArgumentError, ValueError):
        such_as = "mysql+pymysql://user:{env:OMS_PASSWORD}@host/oms"
        raise ValueError(f"expected an SQLAlchemy URL such as {such_as}") from None
    except ImportError as missing:
        raise ValueError(f"expected an SQLAlchemy URL whose driver is installed; {missing.name} is not") from missing
    if read.get_backend_name() == "sqlite" and read.database not in (None, "", ":memory:"):
        return read.set(database=str(Path(info.context["folder"], read.database))).render_as_string()
    return url


def with_secrets(url: str) -> str:
    """The URL with its `{env:NAME}` filled in: a login may hold any character, it is quoted."""
    login, at, server = url.rpartition("@")
    login = _SECRET_IN_URL.sub(lambda name: quote(os.environ[name[1]], safe=""), login)
    return login + at + _SECRET_IN_URL.sub(lambda name: os.environ[name[1]], server)


def _key_file(path: str, info: FileContext) -> str:
    file = Path(info.context["folder"], path)
    if not file.is_file():
        raise ValueError(f"missing secret: there is no key file {file}")
    return str(file)


def _mail_address(text: str) -> str:
    """As the library reads it that writes the letters: it fails on some texts, and takes others for several people."""
    letter = EmailMessage()
    try:
        letter["To"] = text
        read = letter["To"]
    except (ValueError, IndexError, MessageError):
        read = None
    if read is None or read.defects or len(read.addresses) != 1 or not read.addresses[0].domain:
        raise ValueError(f"expected a mail address such as ops@example.com, got {text!r}")
    return text


def _one_or_more(value: object) -> tuple[str, ...]:
    found = cast("list[object]", value if isinstance(value, (list, tuple)) else [value])
    names = [each for each in found if isinstance(each, str) and each.strip()]
    if not found or len(names) < len(found):
        raise ValueError("expected the name of one, or a list of names")
    if len(set(names)) < len(names):
        raise ValueError("expected each name once")
    return tuple(names)


OneOrMore = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
Zone = Annotated[str, AfterValidator(_zone)]
LocalTime = Annotated[str, AfterValidator(_local_time)]
Day = Annotated[str, AfterValidator(_date)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Folder = Annotated[str, AfterValidator(_folder)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
FileName = Annotated[str, AfterValidator(_file_name)]
Variable = Annotated[str, AfterValidator(_present)]
OmsUrl = Annotated[str, AfterValidator(_oms_url), Field(repr=False)]
KeyFile = Annotated[str, AfterValidator(_key_file)]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]
