"""What a value of sites.toml may be: each type refuses in words that say what was expected."""

import os
import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationInfo

FileContext = ValidationInfo[dict[str, Path]]
"""Validation knows under `folder` where sites.toml lies: paths in it are relative to that."""

SECRET_IN_URL = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


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
    for name in SECRET_IN_URL.findall(url):
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
Day = Annotated[str, AfterValidator(_date)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Folder = Annotated[str, AfterValidator(_folder)]
FileName = Annotated[str, AfterValidator(_file_name)]
Variable = Annotated[str, AfterValidator(_present)]
OmsUrl = Annotated[str, AfterValidator(_oms_url)]
KeyFile = Annotated[str, AfterValidator(_key_file)]
Share = Annotated[float, Field(ge=0, strict=False)]
