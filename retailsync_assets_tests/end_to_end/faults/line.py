"""A line to a server that breaks, stalls, trickles or is long, when and in which direction a test says."""

import socket
import struct
import threading
import time
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Self

PIECE = 1 << 14
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST."""


@dataclass(frozen=True)
class Fault:
    """`how`: rst, fin, half (this direction ends, the other goes on), stall, or trickle at so many bytes a second."""

    how: str
    direction: str = "to client"
    after: int = 0
    rate: int = 0


class Line:
    """A TCP proxy. `fault` is in force for every connection as long as it is set; `mend()` takes it away."""

    def __init__(self, host: str, port: int, delay: float = 0.0) -> None:
        self.server, self.delay = (host, port), delay
        self.fault: Fault | None = None
        self.over = threading.Event()
        self.ends: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def mend(self) -> None:
        self.fault = None

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.ends.append(client)
            try:
                server = socket.create_connection(self.server)
            except OSError:
                client.close()
                continue
            self.ends.append(server)
            for source, target, direction in ((client, server, "to server"), (server, client, "to client")):
                target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                queue: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
                threading.Thread(target=self._receive, args=(source, queue), daemon=True).start()
                threading.Thread(target=self._send, args=(source, target, queue, direction), daemon=True).start()

    def _receive(self, source: socket.socket, queue: "SimpleQueue[tuple[float, bytes]]") -> None:
        try:
            while piece := source.recv(PIECE):
                queue.put((time.monotonic() + self.delay, piece))
        except OSError:
            pass
        queue.put((0.0, b""))

    def _send(
        self, source: socket.socket, target: socket.socket, queue: "SimpleQueue[tuple[float, bytes]]", direction: str
    ) -> None:
        sent = 0
        while (arrived := queue.get())[1]:
            due, piece = arrived
            time.sleep(max(0.0, due - time.monotonic()))
            fault = self.fault
            try:
                if fault is not None and fault.direction == direction and sent + len(piece) > fault.after:
                    if not self._fail(fault, source, target, piece):
                        return
                else:
                    target.sendall(piece)
            except OSError:
                break
            sent += len(piece)
        _shut(target, socket.SHUT_WR)

    def _fail(self, fault: Fault, source: socket.socket, target: socket.socket, piece: bytes) -> bool:
        """What happens to this piece; False: nothing follows it."""
        match fault.how:
            case "rst":
                for end in (source, target):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
                    _shut(end, socket.SHUT_RD)
                    end.close()
            case "fin":
                for end in (source, target):
                    _shut(end, socket.SHUT_RDWR)
            case "half":
                _shut(target, socket.SHUT_WR)
            case "stall":
                self.over.wait()
            case _:
                for start in range(0, len(piece), max(1, fault.rate // 10)):
                    if self.over.wait(0.1):
                        return False
                    target.sendall(piece[start : start + max(1, fault.rate // 10)])
                return True
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for end in (*self.ends, self.listener):
            _shut(end, socket.SHUT_RDWR)
            end.close()


def _shut(end: socket.socket, how: int) -> None:
    try:
        end.shutdown(how)
    except OSError:
        return  # it was over already
