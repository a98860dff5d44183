"""docs/ has the pictures that `make pictures` takes, no other; and each is there to be seen."""

import pytest

from retailsync_assets_tests.project.markdown import links
from retailsync_assets_tests.project.pages import PAGES
from retailsync_assets_tests.project.pictures.png import size
from retailsync_assets_tests.project.pictures.views import VIEWS
from retailsync_assets_tests.project.tree import ROOT

HEAVIEST = 300_000


def test_every_picture_is_one_that_is_taken() -> None:
    assert {file.name for file in ROOT.glob("docs/*.png")} == set(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_it_is_as_it_would_be_taken_now_and_quickly_loaded(name: str) -> None:
    picture = ROOT / "docs" / name
    assert size(picture) == VIEWS[name].size
    assert picture.stat().st_size < HEAVIEST


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_shows_it(name: str) -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page.read_text())}
    assert ROOT / "docs" / name in shown
