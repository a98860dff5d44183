"""zlib on the wire: asked for from the start, or in the middle of a large file once its line turns out to be slow."""

import time
from collections.abc import Iterator
from typing import Any

from retailsync_assets.resources.sftp.protocol import SftpProtocolClient
from retailsync_assets.resources.sftp.read_ahead import UNDER_WAY, ReadAhead

ALGORITHMS = ("zlib@openssh.com", "none")
"""Compression that begins after the login: nobody who has not logged in feeds zlib. A server without it sends plain."""
TRIAL = 2 * UNDER_WAY
"""How much of a file is timed: the first half fills the line, the second shows its rate."""
ZLIB_RATE = 32e6
"""Bytes of CSV a second that a server's processor compresses; measured were 70 MB/s idle, 37 to 43 MB/s busy."""
AGREEING_SECONDS = 1.0
"""What agreeing anew may cost: a few round trips, and new keys."""


def pays(seconds: float, moved: int, left: int) -> bool:
    """Would what is left of a file come sooner compressed, if the next bytes came at the rate of those that moved?"""
    return left / ZLIB_RATE + AGREEING_SECONDS < left * seconds / moved


def chunks(client: SftpProtocolClient, handle: bytes, size: int) -> Iterator[bytes]:
    """The first `size` bytes of an open remote file, in order, compressed from where that is found to pay."""
    began = time.monotonic()
    moved = 0
    for chunk in ReadAhead(client, handle, min(TRIAL, size)):
        moved += len(chunk)
        yield chunk
    if moved == TRIAL and pays(time.monotonic() - began, moved, size - moved):
        _agree_anew(client)
    yield from ReadAhead(client, handle, size, moved)


def _agree_anew(client: SftpProtocolClient) -> None:
    """Compress from here on, on the same connection and with the same files open, if the server does.

    SSH lets both sides agree anew whenever one asks; nothing is under way when this is called.
    """
    transport: Any = client.get_channel().get_transport()  # pyright: ignore[reportOptionalMemberAccess]
    options = transport.get_security_options()
    if options.compression != ALGORITHMS:
        options.compression = ALGORITHMS
        transport.renegotiate_keys()
