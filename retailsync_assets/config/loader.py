"""sites.toml → Site. The only place that reads configuration; every other module is handed a `Site`."""

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from retailsync_assets.config.accounts import SftpAccount
from retailsync_assets.config.settings import HotWax, Neighbour, RetailPro, Site
from retailsync_assets.config.types import is_same_folder
from retailsync_assets.errors import ConfigError

__all__ = ["ConfigError", "HotWax", "RetailPro", "SftpAccount", "Site", "read_sites"]

SITE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
UNKNOWN = "extra_forbidden"


def read_sites(file: Path) -> dict[str, Site]:
    """Every site of a sites.toml by name, in the file's order; raises `ConfigError` with one line."""
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise ConfigError(f"{file}: there is no such file; RETAILSYNC_SITES names it") from missing
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as unreadable:
        raise ConfigError(f"{file}: {unreadable}") from unreadable
    found = document.get("sites")
    for key in document.keys() - {"sites"}:
        raise ConfigError(f"{file}: {_on_one_line(key)}: unknown key; expected one table [sites.NAME] a site")
    if not isinstance(found, dict) or not found:
        raise ConfigError(f"{file}: sites: expected one table [sites.NAME] a site")
    sites = {name: _site(file, name, table) for name, table in cast("dict[str, Any]", found).items()}
    _refuse_shared_folders(file, list(sites.values()))
    return {name: site.beside(_neighbours_of(site, sites)) for name, site in sites.items()}


def _neighbours_of(site: Site, sites: dict[str, Site]) -> tuple[Neighbour, ...]:
    ours = site.hotwax.database
    return tuple(
        Neighbour(name, other.product_stores)
        for name, other in sites.items()
        if name != site.name and other.hotwax.database == ours
    )


def _site(file: Path, name: str, table: Any) -> Site:
    if not SITE_NAME.fullmatch(name):
        raise ConfigError(f"{file}: sites.{_on_one_line(name)}: expected a name of letters, digits and underscores")
    if not isinstance(table, dict) or "name" in table:
        raise ConfigError(f"{file}: sites.{name}: expected a table of settings without the key name")
    try:
        return Site.model_validate({**table, "name": name}, context={"folder": file.resolve().parent})
    except ValidationError as refused:
        errors = refused.errors(include_input=False, include_url=False)
        first = min(errors, key=lambda error: error["type"] != UNKNOWN)  # a key misspelt is also a key missing
        key = ".".join(["sites", name, *(_on_one_line(str(part)) for part in first["loc"])])
        raise ConfigError(f"{file}: {key}: {_plainly(first['type'], first['msg'])}") from None


def _plainly(kind: str, message: str) -> str:
    if kind == UNKNOWN:
        return "unknown key"
    if kind == "missing":
        return "missing; this key has no default"
    if kind == "too_short":
        return "expected at least 1"
    if kind == "model_type":
        return 'expected {env = "NAME"}, the name of a variable' if message.endswith("Secret") else "expected a table"
    return message.removeprefix("Value error, ").replace("Input should be", "expected")


def _on_one_line(key: str) -> str:
    return repr(key)[1:-1]


def _refuse_shared_folders(file: Path, sites: list[Site]) -> None:
    """No two settings name one folder, however its server and its path are written."""
    taken: list[tuple[SftpAccount, str, str, str]] = []
    for site in sites:
        retail_pro, hotwax = site.retail_pro, site.hotwax
        for key, account, folder, of in (
            ("retail_pro.inbox", retail_pro.sftp, retail_pro.inbox, site.subsidiary),
            ("hotwax.reset_folder", hotwax.sftp, hotwax.reset_folder, ""),
            ("hotwax.variance_folder", hotwax.sftp, hotwax.variance_folder, ""),
        ):
            name = f"sites.{site.name}.{key}"
            for other, path, subsidiary, owner in taken:
                if of == subsidiary and account.is_same_as(other) and is_same_folder(folder, path):
                    raise ConfigError(f"{file}: {name}: expected a folder of its own, not that of {owner}")
            taken.append((account, folder, of, name))
    for site in sites:
        for other, path, _, owner in taken:
            if site.hotwax.sftp.is_same_as(other) and is_same_folder(site.hotwax.staging_folder, path):
                name = f"sites.{site.name}.hotwax.staging_folder"
                raise ConfigError(f"{file}: {name}: expected a folder of its own, not that of {owner}")
