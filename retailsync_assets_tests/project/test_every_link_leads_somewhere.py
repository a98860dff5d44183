from pathlib import Path

import pytest

from retailsync_assets_tests.project.markdown import anchors, links
from retailsync_assets_tests.project.pages import PAGES, page_name


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Links within the tree: the file is there, and so is the heading. The web is not asked."""
    for link in links(page.read_text()):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page_name(page)} links to {link}"
        if anchor:
            assert anchor in anchors(target.read_text()), f"{page_name(page)} links to {link}"
