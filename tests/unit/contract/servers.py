"""Small servers, written by hand: a function from a request to a response, on a free port."""

from __future__ import annotations

import signal
import ssl
import subprocess
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.api.exchange import Request, Response

Answer = Callable[[Request], Response | bytes | None]
"""What a server answers; bytes are written as they are and end the connection, None hangs up."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Generator[str, None, None]:
    """Serve, over TLS where there is a context; gives the address."""

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
            if response is None or isinstance(response, bytes):
                self.wfile.write(response or b"")
                self.wfile.flush()
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

    server = _Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(30)


class Interrupted:
    """A process that gets Ctrl-C while it is answered for the first time, of some calls."""

    def __init__(self, answer: Answer, when: Callable[[Request], bool]) -> None:
        self._answer = answer
        self._when = when
        self._started = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._told = False

    def __call__(self, request: Request) -> Response | None:
        """Answer, and interrupt before the answer is sent."""
        response = self._answer(request)
        if self._when(request) and not self._told and self._started.wait(60):
            self._told = True
            assert self._process is not None
            self._process.send_signal(signal.SIGINT)
        return response

    def run(self, command: list[str], folder: Path) -> tuple[int, str]:
        """How the process ends, and what it says of it."""
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
            self._process = process
            self._started.set()
            _, said = process.communicate(timeout=300)
        return process.returncode, said
