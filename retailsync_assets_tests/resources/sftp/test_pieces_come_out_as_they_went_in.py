import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailsync_assets.resources.sftp.receive_buffer import ReceiveBuffer


@given(st.lists(st.binary(max_size=9), max_size=9), st.lists(st.integers(1, 12), min_size=1, max_size=5))
def test_whatever_is_asked_for_the_bytes_are_the_same_and_none_too_many(fed: list[bytes], asked: list[int]) -> None:
    pieces, out = ReceiveBuffer(), b""
    for piece in fed:
        pieces.feed(piece)
    pieces.close()
    for _ in range(len(b"".join(fed))):
        for most in asked:
            assert len(pieces) == len(b"".join(fed)) - len(out)
            assert pieces.read_ready() == bool(len(pieces))
            found = pieces.read(most)
            assert len(found) == min(most, len(b"".join(fed)) - len(out))
            out += found
    assert out == b"".join(fed)


def test_a_reader_waits_for_what_another_thread_brings() -> None:
    pieces = ReceiveBuffer()
    bringer = threading.Timer(0.05, pieces.feed, (b"late",))
    bringer.start()
    assert pieces.read(9, timeout=60) == b"late"
    bringer.join()


def test_a_reader_that_waits_hears_of_the_end() -> None:
    pieces = ReceiveBuffer()
    closer = threading.Timer(0.05, pieces.close)
    closer.start()
    assert pieces.read(9, timeout=60) == b""
    closer.join()


def test_silence_is_a_time_out() -> None:
    with pytest.raises(TimeoutError):
        ReceiveBuffer().read(1, timeout=0.01)
