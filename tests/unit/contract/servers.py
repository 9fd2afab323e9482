"""Small servers, written by hand: a function from a request to a response, on a free port."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from generator.api.exchange import Request, Response

Answer = Callable[[Request], Response | None]
"""What a server answers; None hangs up."""


@contextmanager
def serving(answer: Answer) -> Generator[str, None, None]:
    """Serve; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = tuple(self.headers.items())
            response = answer(Request(self.command, self.path, headers, body))
            if response is None:
                self.close_connection = True
                return
            self.send_response_only(response.status)
            told = {name.lower(): value for name, value in response.headers}
            for name, value in response.headers:
                if name.lower() != "content-length":
                    self.send_header(name, value)
            length = told.get("content-length", len(response.body))
            self.send_header(
                "Content-Length", str(length if self.command == "HEAD" else len(response.body))
            )
            self.end_headers()
            self.wfile.write(response.body)
            self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
