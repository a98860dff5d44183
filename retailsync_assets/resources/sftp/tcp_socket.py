"""A connection that keeps no server waiting."""

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)
"""Linux has it; elsewhere acknowledgements come when the system likes."""


class LowLatencySocket(socket.socket):
    """A TCP connection that sends at once, and acknowledges at once what answers that.

    sshd sends its words after a login in two small packets and holds the second one back until the first is
    acknowledged, for which Linux takes 40 ms, in the hope of something to send along.
    """

    @classmethod
    def connected(cls, host: str, port: int, seconds: float) -> "LowLatencySocket":
        """To a server; raises OSError, after so many seconds at the latest, which then hold for each step."""
        plain = socket.create_connection((host, port), timeout=seconds)
        connection = cls(plain.family, plain.type, plain.proto, plain.detach())
        try:
            connection.settimeout(seconds)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            connection.close()
            raise
        return connection

    def send(self, data: "ReadableBuffer", flags: int = 0, /) -> int:
        sent = super().send(data, flags)
        if QUICKACK is not None:
            self.setsockopt(socket.IPPROTO_TCP, QUICKACK, 1)
        return sent
