from itertools import pairwise
from xml.etree import ElementTree

from retailsync_assets.orchestration.site_definitions import ASSETS
from retailsync_assets_tests.project.tree import ROOT


def test_the_picture_names_every_asset() -> None:
    """A long name may be broken over two lines: texts that follow each other are read as one word."""
    picture = ElementTree.parse(ROOT / "docs/assets.svg")  # noqa: S314 - our own file
    texts = [text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    words = {*texts, *(first + second for first, second in pairwise(texts))}
    assert {module.__name__.rpartition(".")[2] for module in ASSETS} - words == set()
