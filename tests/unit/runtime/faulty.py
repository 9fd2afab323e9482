"""A server that does what it is told with the bytes of each answer, and counts its connections."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

Act = Callable[[socket.socket], None]


def says(
    status: str = "200 OK",
    body: bytes = b"",
    media_type: str = "application/json",
    *headers: str,
) -> bytes:
    """A whole response."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", f"content-type: {media_type}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def answers(data: bytes) -> Act:
    """Send it whole."""
    return lambda connection: connection.sendall(data)


def cuts(data: bytes) -> Act:
    """Send a part and hang up."""

    def act(connection: socket.socket) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return act


def resets(connection: socket.socket) -> None:
    """Tear the connection down."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drips(data: bytes, start: bytes = b"") -> Act:
    """Send something, and then something again and again for longer than anybody may wait."""

    def act(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(2000):
            connection.sendall(data)
            time.sleep(0.05)

    return act


def hangs(connection: socket.socket) -> None:
    """Say nothing until the client hangs up."""
    while connection.recv(65536):
        pass


def sips(connection: socket.socket) -> None:
    """Read byte by byte for longer than anybody may wait, and answer as slowly."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nx-slow: ")
    for _ in range(2000):
        connection.recv(1)
        connection.sendall(b"x")
        time.sleep(0.05)


class Faulty:
    """Acts on one request after the other; the last act is repeated."""

    def __init__(self, acts: list[Act]) -> None:
        self._acts = acts
        self._open = 0
        self._lock = threading.Lock()
        self.asked: list[bytes] = []

    def handle(self, connection: socket.socket) -> None:
        """One connection until it ends."""
        self._count(1)
        try:
            connection.settimeout(60)
            while head := _head(connection):
                with self._lock:
                    self.asked.append(head)
                    act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
                act(connection)
        except OSError:
            pass  # the client hung up, or this end did
        finally:
            connection.close()
            self._count(-1)

    def closed(self, but: int = 0, within: float = 30.0) -> bool:
        """Whether every connection is closed soon, but for so many."""
        ends = time.monotonic() + within
        while self._open > but and time.monotonic() < ends:
            time.sleep(0.005)
        return self._open <= but

    def _count(self, change: int) -> None:
        with self._lock:
            self._open += change


def _head(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
    return data


@contextmanager
def faulty(server: Faulty) -> Generator[str, None, None]:
    """The server behind a socket; gives its base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=server.handle, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
