from collections.abc import Mapping

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.site_definitions import resources_of, site_definitions
from retailsync_assets.resources.site import Workplace, workplace
from retailsync_assets_tests.config.sample import a_site

SITES = ("demo", "other")


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Workplace]:
    """Two sites in one home; neither has an OMS, and each misses its own."""
    folder = tmp_path_factory.mktemp("definitions")
    home = Home(folder / "home")
    return {name: workplace(a_site(name, hotwax={"oms_url": f"sqlite:///{folder}/{name}.db"}), home) for name in SITES}


@pytest.fixture(scope="session")
def defs(places: Mapping[str, Workplace]) -> dg.Definitions:
    """Both sites, merged as definitions.py merges them."""
    resources = resources_of(places)
    return dg.Definitions.merge(*(site_definitions(place.site, place, resources) for place in places.values()))
