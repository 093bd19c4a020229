"""A real server on loopback that takes webhooks, and remembers what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """`status` and `moved_to` say how it answers the next request; `bodies` what came."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.status = 200
        self.moved_to = ""
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        """The address that a clerk would type."""
        return f"http://127.0.0.1:{self.port}/hook/geheim-9931?sign=geheim-9931"

    @property
    def texts(self) -> list[str]:
        """The messages that came, in their order."""
        return [body["message"] for body in self.bodies]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen while inside."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            receiver.bodies.append(json.loads(self.rfile.read(length)))
            receiver.paths.append(self.path)
            self.send_response(receiver.status)
            if receiver.moved_to:
                self.send_header("Location", receiver.moved_to)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    receiver = Receiver(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
