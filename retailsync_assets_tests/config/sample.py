"""A deployment as text, with the key files that it names; and single sites for tests that need no file."""

import tomllib
from datetime import time
from pathlib import Path
from typing import Any

from retailsync_assets.config.loader import Site

FINGERPRINT = "SHA256:" + "A" * 43

SAMPLE = f"""\
[sites.demo]
time_zone = "America/New_York"
product_store = "STORE"
subsidiary = "1"

[sites.demo.retail_pro]
inbox = "retailpro/inventory/raw"

[sites.demo.retail_pro.sftp]
host = "127.0.0.1"
port = 2222
username = "retailpro"
private_key = "keys/retailpro"
fingerprints = ["{FINGERPRINT}"]

[sites.demo.hotwax]
oms_url = "sqlite:///oms.db"
reset_folder = "hotwax/ResetInventory"
variance_folder = "hotwax/InventoryVariance"

[sites.demo.hotwax.sftp]
host = "127.0.0.1"
username = "hotwax"
private_key = "keys/hotwax"
fingerprints = ["{FINGERPRINT}"]
"""


def deployment(folder: Path, text: str = SAMPLE) -> Path:
    """`text` as the sites.toml of `folder`, beside keys/retailpro and keys/hotwax."""
    (folder / "keys").mkdir(exist_ok=True)
    for account in ("retailpro", "hotwax"):
        (folder / "keys" / account).touch()
    file = folder / "sites.toml"
    file.write_text(text, encoding="utf-8")
    return file


def changed(old: str, new: str, text: str = SAMPLE) -> str:
    """`text` with the first `old` replaced; `old` has to be there."""
    assert old in text
    return text.replace(old, new, 1)


def a_site(name: str = "demo", **changes: Any) -> Site:
    """A valid site; tables in `changes` are merged in: `a_site(variance={"release": "with_reset"})`."""
    table = merged(tomllib.loads(SAMPLE)["sites"]["demo"], changes)
    for side in ("retail_pro", "hotwax"):
        if table[side]["sftp"].get("private_key", "").startswith("keys/"):
            table[side]["sftp"]["private_key"] = __file__  # it only has to exist: nobody logs in with it
    return Site.model_validate({**table, "name": name}, context={"folder": Path.cwd()})


def merged(table: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of `table` with the changes in, table by table; None takes a key away."""
    result = dict(table)
    for key, value in changes.items():
        result[key] = merged(result.get(key, {}), value) if isinstance(value, dict) else value
    return {key: value for key, value in result.items() if value is not None}


def night_before(cut_off: time) -> dict[str, str]:
    """`[schedule]` of a night that ends at that local time: it begins a minute after the cut-off of the day before."""
    minutes = [(cut_off.hour * 60 + cut_off.minute + more) % 1440 for more in (1, 2, 0, 0)]
    clocks = (f"{each // 60:02}:{each % 60:02}" for each in minutes)
    return dict(zip(("active_products", "reset", "give_up", "cut_off"), clocks, strict=True))
