"""A server for tests: a function from requests to responses, reached in process or by a socket.

``Probe`` notes every request it gets, with the header names in lower case, and answers from the
function it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from generator.runtime import Headers, Request, Response

Handler = Callable[[Request], Response]


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    """A response; JSON unless ``content_type`` says otherwise."""
    named = {"content_type": "application/json", **headers}
    return Response(status, Headers((k.replace("_", "-"), v) for k, v in named.items()), body)


class Probe:
    """Answers by a function and remembers what it was asked."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.requests: list[Request] = []

    def handle(self, request: Request) -> Response:
        self.requests.append(request)
        return self._handler(request)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        query = scope["query_string"].decode()
        request = Request(
            method=scope["method"],
            origin="",
            target=scope["raw_path"].decode() + ("?" + query if query else ""),
            headers={name.decode(): value.decode() for name, value in scope["headers"]},
            body=message["body"],
        )
        response = self.handle(request)
        pairs = [(n.encode(), v.encode("latin-1")) for n, v in response.headers.items()]
        await send({"type": "http.response.start", "status": response.status, "headers": pairs})
        await send({"type": "http.response.body", "body": response.body})


@contextmanager
def listening(probe: Probe) -> Generator[str, None, None]:
    """The probe behind a socket; gives its base URL."""

    class _Socket(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            chunked = self.headers.get("transfer-encoding") == "chunked"
            response = probe.handle(
                Request(
                    method=self.command,
                    origin="",
                    target=self.path,
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=self._unchunked() if chunked else self.rfile.read(length),
                )
            )
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            if response.status != 204:
                self.send_header("content-length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)

        def _unchunked(self) -> bytes:
            found = b""
            while size := int(self.rfile.readline(), 16):
                found += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return found

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _answer

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    class _Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Clients that hang up are part of the tests."""

    server = _Server(("127.0.0.1", 0), _Socket)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(30)
