from collections.abc import Mapping

import dagster as dg
import pytest

from retailsync_assets.config.home import Home
from retailsync_assets.orchestration.site_definitions import resources_of, site_definitions
from retailsync_assets.resources.site import SiteResources, site_resources
from retailsync_assets_tests.config.sample import a_site

SITES = ("demo", "other")


@pytest.fixture(scope="session")
def every_site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, SiteResources]:
    """Two sites in one home; neither has an OMS, and each misses its own."""
    folder = tmp_path_factory.mktemp("definitions")
    home = Home(folder / "home")
    return {
        name: site_resources(
            a_site(name, hotwax={"oms_url": f"sqlite:///{folder}/{name}.db"}, schedule={"first_night": "2026-01-01"}),
            home,
        )
        for name in SITES
    }


@pytest.fixture(scope="session")
def defs(every_site: Mapping[str, SiteResources]) -> dg.Definitions:
    """Both sites, merged as definitions.py merges them."""
    bindings = resources_of(every_site)
    return dg.Definitions.merge(
        *(site_definitions(resources.site, resources, bindings) for resources in every_site.values())
    )
