"""retailsync syncs store inventory from Retail Pro to HotWax Commerce every night.

In a Dagster project of your own: `site_definitions(site)`, or `definitions_of(read_sites(Path("sites.toml")))` for
several, merged with what the project has. `LakeResource` opens a site's lake to your own assets.
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retailsync_assets.config.home import Home
    from retailsync_assets.config.loader import Site, read_sites
    from retailsync_assets.orchestration.site_definitions import definitions_of, site_definitions
    from retailsync_assets.resources.lake_resource import LakeResource

__all__ = ["Home", "LakeResource", "Site", "definitions_of", "read_sites", "site_definitions"]

_WHERE = {
    "Home": "config.home",
    "LakeResource": "resources.lake_resource",
    "Site": "config.loader",
    "read_sites": "config.loader",
    "definitions_of": "orchestration.site_definitions",
    "site_definitions": "orchestration.site_definitions",
}


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})


def __getattr__(name: str) -> Any:
    """Imported when it is asked for: the command line needs none of it to print its help."""
    if name == "__version__":
        return version("retailsync")
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
