"""The site that the histories happen at: its servers are never asked."""

from pathlib import Path

from retailsync_assets.config.loader import Site, read_sites
from retailsync_assets_tests.config.sample import FINGERPRINT

TEXT = """\
[sites.histories]
time_zone = "UTC"
product_store = "STORE"
subsidiary = "1"
[sites.histories.retail_pro]
inbox = "raw"
sftp = {{host = "127.0.0.1", username = "nobody", private_key = "key", fingerprints = ["{fingerprint}"]}}
[sites.histories.hotwax]
oms_url = "sqlite:///nowhere.db"
reset_folder = "reset"
variance_folder = "variance"
sftp = {{host = "127.0.0.1", username = "nobody", private_key = "key", fingerprints = ["{fingerprint}"]}}
"""


def site(folder: Path) -> Site:
    """All defaults."""
    (folder / "key").touch()
    (folder / "sites.toml").write_text(TEXT.format(fingerprint=FINGERPRINT))
    return read_sites(folder / "sites.toml")["histories"]
