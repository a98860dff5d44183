from pathlib import Path

from retailsync_assets_tests.project.tree import ROOT

README = ROOT / "README.md"
REFERENCE = ROOT / "docs/reference.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
"""Every page a reader is sent to."""


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()
