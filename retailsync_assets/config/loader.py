"""sites.toml → Site. The only place that reads configuration; every other module is handed a `Site`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from retailsync_assets.config.accounts import SftpAccount
from retailsync_assets.config.mistakes import Mistake, config_error, mistakes_of
from retailsync_assets.config.nearest import did_you_mean
from retailsync_assets.config.settings import HotWax, Neighbour, RetailPro, Site
from retailsync_assets.config.types import is_same_folder
from retailsync_assets.errors import ConfigError

__all__ = ["ConfigError", "HotWax", "RetailPro", "SftpAccount", "Site", "read_sites"]

SITE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
A_TABLE_A_SITE = "expected one table [sites.NAME] a site"


def read_sites(file: Path) -> dict[str, Site]:
    """Every site of a sites.toml by name, in the file's order; raises `ConfigError` with one line for each mistake."""
    text = _text(file)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as unreadable:
        raise ConfigError(f"{file}: {unreadable}") from unreadable
    mistakes, sites = [*_of_the_file(document)], dict[str, Site]()
    for name, table in cast("dict[str, Any]", document["sites"] if not mistakes else {}).items():
        try:
            sites[name] = _site(file, name, table)
        except ValidationError as refused:
            mistakes += mistakes_of(name, refused)
        except ValueError as refused:
            mistakes.append(Mistake(("sites", name), str(refused)))
    mistakes += _shared_folders(list(sites.values()))
    if mistakes:
        raise config_error(file, text, mistakes)
    return {name: site.beside(_neighbours_of(site, sites)) for name, site in sites.items()}


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise ConfigError(f"{file}: there is no such file; RETAILSYNC_SITES names it") from missing
    except IsADirectoryError as folder:
        raise ConfigError(f"{file}: this is a folder; expected a file, such as {file / 'sites.toml'}") from folder
    except OSError as unreadable:
        raise ConfigError(f"{file}: can't be read: {unreadable.strerror}") from unreadable
    except UnicodeDecodeError as no_text:
        raise ConfigError(f"{file}: expected text in UTF-8: {no_text}") from no_text


def _of_the_file(document: dict[str, Any]) -> Iterator[Mistake]:
    found, others = document.get("sites"), document.keys() - {"sites"}
    for key in others:
        yield Mistake((key,), f"unknown key{did_you_mean(key, ['sites'])}; {A_TABLE_A_SITE}")
    if not others and (not isinstance(found, dict) or not found):
        yield Mistake(("sites",), A_TABLE_A_SITE)


def _neighbours_of(site: Site, sites: dict[str, Site]) -> tuple[Neighbour, ...]:
    ours = site.hotwax.database
    return tuple(
        Neighbour(name, other.product_stores)
        for name, other in sites.items()
        if name != site.name and other.hotwax.database == ours
    )


def _site(file: Path, name: str, table: Any) -> Site:
    """Raises pydantic's `ValidationError` for wrong settings, ValueError for a wrong name."""
    if not SITE_NAME.fullmatch(name):
        raise ValueError("expected a name of letters, digits and underscores")
    if not isinstance(table, dict) or "name" in table:
        raise ValueError("expected a table of settings without the key name")
    return Site.model_validate({**table, "name": name}, context={"folder": file.resolve().parent})


def _shared_folders(sites: list[Site]) -> Iterator[Mistake]:
    """Every setting that names a folder of another, however its server and its path are written."""
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
                    yield Mistake(tuple(name.split(".")), f"expected a folder of its own, not that of {owner}")
            taken.append((account, folder, of, name))
    for site in sites:
        for other, path, _, owner in taken:
            if site.hotwax.sftp.is_same_as(other) and is_same_folder(site.hotwax.staging_folder, path):
                place = ("sites", site.name, "hotwax", "staging_folder")
                yield Mistake(place, f"expected a folder of its own, not that of {owner}")
