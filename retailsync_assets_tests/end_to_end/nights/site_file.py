"""sites.toml for a test: one server for both sides, everything in a folder of the site's own."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retailsync_assets.config.loader import Site, read_sites
from retailsync_assets_tests.servers.account import table
from retailsync_assets_tests.servers.asyncssh_server import AsyncSSHServer
from retailsync_assets_tests.servers.openssh import OpenSSH

Server = OpenSSH | AsyncSSHServer
Settings = dict[str, Any]


def settings(server: Server, name: str, oms_url: str) -> Settings:
    """A site whose night is the tests' one: UTC, file at 07:00, cut-off at noon; the first night may pass."""
    account = table(server)
    return {
        "time_zone": "UTC",
        "product_store": "STORE",
        "subsidiary": "1",
        "retail_pro": {
            "inbox": f"{name}/raw",
            "sftp": account,
            "acknowledgements": {"folder": f"{name}/responses"},
        },
        "hotwax": {
            "oms_url": oms_url,
            "reset_folder": f"{name}/ResetInventory",
            "variance_folder": f"{name}/InventoryVariance",
            "staging_folder": f"{name}/.staging",
            "sftp": account,
        },
        "schedule": {"cut_off": "12:00", "give_up": "11:55"},
        "limits": {"first_night": "pass"},
    }


def written(file: Path, sites: Mapping[str, Settings]) -> dict[str, Site]:
    """The sites as the product reads them from that file."""
    lines = (line for name, table in sites.items() for line in _toml(f"sites.{name}", table))
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_sites(file)


def _toml(name: str, table: Settings) -> list[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    lines = [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in plain.items())]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _toml(f"{name}.{key}", value)
    return lines
