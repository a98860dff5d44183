import gc
import socket
from threading import Thread

import pytest

from retailsync_assets.resources.sftp.tcp_socket import QUICKACK, LowLatencySocket


def answer(server: socket.socket) -> None:
    with server.accept()[0] as connection:
        connection.recv(4)
        connection.sendall(b"yes")


def test_a_connection_sends_and_acknowledges_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = Thread(target=answer, args=(server,))
        answering.start()
        with LowLatencySocket.connected(*server.getsockname(), seconds=10) as connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
            assert connection.gettimeout() == 10
            if QUICKACK is not None:
                connection.setsockopt(socket.IPPROTO_TCP, QUICKACK, 0)
            connection.send(b"and?")
            assert QUICKACK is None or connection.getsockopt(socket.IPPROTO_TCP, QUICKACK) == 1
            assert connection.recv(3) == b"yes"
        answering.join()


def test_one_that_cannot_be_set_up_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no such option")

    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(LowLatencySocket, "setsockopt", refuse)
        with pytest.raises(OSError, match="no such option"):
            LowLatencySocket.connected(*server.getsockname(), seconds=10)
        gc.collect()  # one that is left open warns, which fails a test here
        with server.accept()[0] as accepted:
            assert accepted.recv(1) == b""
