"""A server that answers from two cans: a list of 100 organizations and one organization.

`python -m tests.benchmarks.canned` prints its port and serves until its input ends. It costs so
little that a client beside it is what is measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping

VERSIONED = "application/vnd.atlas.2023-01-01+json"
ONE = {
    "id": "4888442a3354817a7320eb61",
    "isDeleted": False,
    "name": "organization",
    "links": [{"href": "https://cloud.example.com/api/atlas/v2/orgs/4888442a", "rel": "self"}],
}


def page(size: int, extra: Mapping[str, object] | None = None) -> bytes:
    """A page of organizations, each with these fields more."""
    results = [{**ONE, "name": f"organization-{n}", **(extra or {})} for n in range(size)]
    return json.dumps({"links": [], "results": results, "totalCount": size}).encode()


def response(body: bytes) -> bytes:
    """A whole response."""
    head = (
        "HTTP/1.1 200 OK\r\ndate: Sun, 22 Nov 2026 10:00:00 GMT\r\nserver: canned\r\n"
        f"content-type: {VERSIONED}\r\nx-request-id: 1\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Canned(asyncio.Protocol):
    _LIST, _ONE = response(page(100)), response(json.dumps(ONE).encode())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._held = b""

    def data_received(self, data: bytes) -> None:
        self._held += data
        while b"\r\n\r\n" in self._held:
            head, _, self._held = self._held.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1]
            can = self._ONE if b"/orgs/" in target else self._LIST
            assert isinstance(self._transport, asyncio.WriteTransport)
            self._transport.write(can)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Canned, "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
