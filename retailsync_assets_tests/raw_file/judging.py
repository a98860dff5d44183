"""A raw file through the gate, in one piece or in any others."""

from collections.abc import Iterable
from typing import Any

from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.stream_check import FileFacts, StreamCheck
from retailsync_assets_tests.config.sample import a_site

HEADER = b"sbs_no,store_code,upc,qty\n"
ROWS = b"1,NYC01,012345678905,10\n1,ATL01,012345678905,-2\n"


def judged(*chunks: bytes, **settings: Any) -> FileFacts:
    """What the gate says of these bytes; raises `Quarantined`."""
    gate = StreamCheck(a_site(retail_pro=settings).retail_pro)
    for chunk in chunks:
        gate.feed(chunk)
    return gate.result()


def answer(chunks: Iterable[bytes], **settings: Any) -> FileFacts | str:
    """The same, with the refusal as its text."""
    try:
        return judged(*chunks, **settings)
    except Quarantined as refused:
        return str(refused)
