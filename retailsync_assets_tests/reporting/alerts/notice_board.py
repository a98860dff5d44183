"""A real HTTP endpoint, as Slack's incoming webhook: keeps what is posted, and answers as it is told to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATH = "/services/T0FAKE/B0FAKE/not-for-any-log"


class NoticeBoard:
    """`notes` are the JSON bodies so far; `status` is the next answer's. Its `address` holds the secret PATH."""

    def __init__(self) -> None:
        self.notes: list[dict[str, Any]] = []
        self.status = 200
        board = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == PATH and board.status == 200:
                    assert self.headers["Content-Type"] == "application/json"
                    board.notes.append(json.loads(body))
                self.send_response(board.status if self.path == PATH else 404)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing to the console."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{PATH}"

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
