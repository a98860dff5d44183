"""What can't be read whole is not read at all: quarantined (4) with the reason, its bytes kept, nothing delivered."""

import pytest

from retailsync_assets_tests.nights.world import World

HEADER = b"upc,store_code,qty\n"
ROWS = b"".join(b"12345678905,S1,%d\n" % number for number in range(1, 9))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (HEADER, "the file has a header and no record"),
        (HEADER + b'"12345678905,S1,1\n' + ROWS, "line 2: a quote is not closed"),
        (HEADER + b'"12345678905,S1,1\n' + ROWS + b'88",S1,1\n', "line 2: a quote is not closed"),
        (b"barcode,store_code,qty\n" + ROWS, "line 1, the header, has no column 'upc'"),
        (HEADER + ROWS[:-1], "line 9, the last, has no line end: the file is cut off"),
    ],
    ids=["empty", "header only", "quote never closed", "quote closed later", "column renamed", "no final newline"],
)
def test_it_is_quarantined_with_its_bytes(world: World, content: bytes, reason: str) -> None:
    raw = world.raw_bytes(content)
    quarantined = world.take()
    assert (quarantined.state, quarantined.exit_code, world.files("reset")) == ("held", 4, {})
    assert quarantined.reasons[0].startswith(f"quarantined: {raw.name}: ")
    assert reason in quarantined.reasons[0]
    assert [file.read_bytes() for file in world.landing.iterdir()] == [content]
    assert raw.read_bytes() == content


def test_a_better_file_under_the_same_name_is_taken(world: World) -> None:
    world.raw_bytes(HEADER)
    assert world.take().state == "held"
    world.raw()
    assert world.take().state == "waiting"
    assert len(world.files("reset")) == 1
