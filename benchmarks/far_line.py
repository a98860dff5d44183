"""A TCP line that takes its time: every byte arrives half a round trip after it was sent, in both directions."""

import contextlib
import socket
import threading
import time
from collections import deque
from typing import Self

PIECE = 1 << 18
IN_FLIGHT = 64 << 20


class FarLine:
    """Listens on `port` and passes connections on to another port of this machine."""

    def __init__(self, to: int, round_trip: float) -> None:
        self._to = to
        self._delay = round_trip / 2
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                for source, target in ((near, far), (far, near)):
                    target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    Direction(source, target, self._delay).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()


class Direction:
    """One direction of one connection: a thread takes bytes in, another lets them out when their time has come."""

    def __init__(self, source: socket.socket, target: socket.socket, delay: float) -> None:
        self._source, self._target, self._delay = source, target, delay
        self._flying = deque[tuple[float, bytes]]()
        self._changed = threading.Condition()
        self._bytes = 0

    def start(self) -> None:
        for side in (self._take_in, self._let_out):
            threading.Thread(target=side, daemon=True).start()

    def _take_in(self) -> None:
        piece = b"-"
        while piece:
            try:
                piece = self._source.recv(PIECE)
            except OSError:
                piece = b""
            with self._changed:
                self._changed.wait_for(lambda: self._bytes < IN_FLIGHT)
                self._flying.append((time.monotonic() + self._delay, piece))
                self._bytes += len(piece)
                self._changed.notify_all()

    def _let_out(self) -> None:
        piece = b"-"
        while piece:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._flying))
                due, piece = self._flying.popleft()
                self._bytes -= len(piece)
                self._changed.notify_all()
            time.sleep(max(0.0, due - time.monotonic()))
            with contextlib.suppress(OSError):
                if piece:
                    self._target.sendall(piece)
                else:
                    self._target.shutdown(socket.SHUT_WR)
