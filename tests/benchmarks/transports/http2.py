"""A server of HTTP/2 alone, over TLS with ALPN: it answers with the length of the body it got.

One thread a connection. It counts connections, the protocols that clients offered to speak, and
how many requests it found open at once on one of them.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, RequestReceived, StreamEnded


class Http2Server:
    """Answers every request of a connection once its body is there."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self.protocols: list[str | None] = []
        self.asked: list[int] = []
        self.together = 0

    def handle(self, plain: socket.socket) -> None:
        """One connection until it ends."""
        try:
            plain.settimeout(60)
            with self._context.wrap_socket(plain, server_side=True) as connection:
                self.protocols.append(connection.selected_alpn_protocol())
                if self.protocols[-1] == "h2":
                    self._converse(connection)
        except OSError:
            pass  # the client hung up

    def _converse(self, connection: ssl.SSLSocket) -> None:
        talk = H2Connection(H2Configuration(client_side=False))
        talk.initiate_connection()
        connection.sendall(talk.data_to_send())
        sizes: Counter[int] = Counter()
        while data := connection.recv(65536):
            events = talk.receive_data(data)
            self.together = max(self.together, sum(isinstance(e, StreamEnded) for e in events))
            for event in events:
                self._react(talk, event, sizes)
            connection.sendall(talk.data_to_send())

    def _react(self, talk: H2Connection, event: Event, sizes: Counter[int]) -> None:
        if isinstance(event, RequestReceived):
            self.asked.append(event.stream_id or 0)
        elif isinstance(event, DataReceived) and event.stream_id is not None:
            sizes[event.stream_id] += len(event.data or b"")
            talk.acknowledge_received_data(event.flow_controlled_length or 0, event.stream_id)
        elif isinstance(event, StreamEnded) and event.stream_id is not None:
            body = str(sizes[event.stream_id]).encode()
            head = [(":status", "200"), ("content-length", str(len(body)))]
            talk.send_headers(event.stream_id, head)
            talk.send_data(event.stream_id, body, end_stream=True)


@contextmanager
def serving_http2(context: ssl.SSLContext) -> Generator[tuple[Http2Server, str], None, None]:
    """The server and its base URL."""
    context.set_alpn_protocols(["h2"])
    server = Http2Server(context)
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
            yield server, f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
