"""The server of the cells: it answers by the last word of the path and counts its connections.

`/wait-0.2` answers late, `/held` once it is released, `/together-5` once five such calls are there,
`/drip-0.02` byte by byte, `/big-1000` with so many bytes, `/redirect` with a redirect, `/hangup` and
closes, anything else with `fine`. A POST is answered with the length of its body.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONG = 30.0
"""What nothing here takes on the slowest machine, in seconds."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.connections = 0
        self.open = 0
        self.most = 0
        self.asked: list[str] = []
        self.asked_on: dict[Any, list[str]] = {}
        self.headers: list[dict[str, str]] = []
        self.released = threading.Event()
        self.changed = threading.Condition()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Count the connection."""
        with self.changed:
            self.connections += 1
            self.open += 1
            self.most = max(self.most, self.open)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Count it out once it is closed, not before."""
        super().shutdown_request(request)
        with self.changed:
            self.open -= 1
            self.changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the cells."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def has_served_twice(self) -> bool:
        """Whether more than one call came on a connection."""
        return any(len(paths) > 1 for paths in self.by_connection)

    @property
    def by_connection(self) -> list[tuple[str, ...]]:
        """What was asked on each connection so far."""
        with self.changed:
            return [tuple(paths) for paths in self.asked_on.values()]

    def closed(self) -> bool:
        """Whether every connection is closed soon."""
        return self.soon(lambda: self.open == 0)

    def is_asked(self, calls: int) -> bool:
        """Whether so many calls arrive soon."""
        return self.soon(lambda: len(self.asked) >= calls)

    def soon(self, holds: Callable[[], bool]) -> bool:
        """Whether something about the calls or the connections comes to hold."""
        with self.changed:
            return self.changed.wait_for(holds, LONG)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def counts(self) -> Server:
        assert isinstance(self.server, Server)
        return self.server

    def do_GET(self) -> None:
        with self.counts.changed:
            self.counts.asked.append(self.path)
            self.counts.asked_on.setdefault(self.client_address, []).append(self.path)
            self.counts.headers.append({k.lower(): v for k, v in self.headers.items()})
            self.counts.changed.notify_all()
        word, _, number = self.path.rpartition("/")[2].partition("-")
        getattr(self, f"_{word}", self._fine)(float(number or 0))

    def do_POST(self) -> None:
        size = 0
        for length in self._lengths():
            before = size
            while size - before < length:
                size += len(self.rfile.read(min(1 << 20, length - size + before)))
        self._send(str(size).encode())

    def _lengths(self) -> Iterator[int]:
        """The length of the body, or of each of its chunks."""
        if self.headers["transfer-encoding"] != "chunked":
            yield int(self.headers["content-length"])
            return
        while length := int(self.rfile.readline(), 16):
            yield length
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _fine(self, number: float) -> None:
        self._send(b"fine")

    def _wait(self, number: float) -> None:
        time.sleep(number)
        self._send(b"late")

    def _held(self, number: float) -> None:
        self.counts.released.wait(LONG)
        self._send(b"late")

    def _together(self, number: float) -> None:
        counts, path = self.counts, self.path
        with counts.changed:
            counts.changed.wait_for(lambda: counts.asked.count(path) >= number, LONG)
        self._send(b"late")

    def _hangup(self, number: float) -> None:
        self._send(b"bye")
        self.close_connection = True

    def _redirect(self, number: float) -> None:
        self._send(b"", 302, location="/elsewhere")

    def _big(self, number: float) -> None:
        self.send_response(200)
        self.send_header("content-length", str(int(number)))
        self.end_headers()
        piece, left = b"x" * 65536, int(number)
        while left > 0:
            left -= self.wfile.write(piece[:left])

    def _drip(self, number: float) -> None:
        self.send_response(200)
        self.send_header("content-length", str(int(LONG / number)))
        self.end_headers()
        for _ in range(int(LONG / number)):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(number)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Generator[Server, None, None]:
    """The server of the cells."""
    server = Server()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join(LONG)
