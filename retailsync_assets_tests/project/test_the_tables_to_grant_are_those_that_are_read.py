import re

from retailsync_assets_tests.project.markdown import CODE_SPAN, sections
from retailsync_assets_tests.project.tree import ROOT, SQL


def test_the_tables_to_grant_are_those_that_are_read() -> None:
    queries = "\n".join(query.read_text() for query in (SQL / "oms").glob("*.sql"))
    read = set(re.findall(r"\b(?:FROM|JOIN) ([A-Z_]+)\b", queries))
    to_grant = sections((ROOT / "docs/security.md").read_text())["Tables that are read"]
    assert set(CODE_SPAN.findall(to_grant.text)) == read
