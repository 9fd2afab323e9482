"""How much of a bare server the mock costs: requests per CPU second of the server process.

`python -m tests.benchmarks.mock` serves a bare ASGI echo and the mock of a description, each on the
same uvicorn, loads them in turn from this process over plain sockets, and prints what a CPU second
of the server carried and the mock's share of the echo. CPU time is read from /proc, so the
load itself does not count and a busy machine disturbs little. Then it prints how long the command
takes until it answers, for the committed descriptions and for the files that it is given.
"""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.mock import MockApp, app_for, serve
from generator.mock.serving.asgi import Receive, Send

SPEC = Path(__file__).parents[2] / "spec" / "atlas-v2.yaml"
ONE = "/api/atlas/v2/orgs/4888442a3354817a7320eb61"
LIST = "/api/atlas/v2/orgs?pageNum=1&itemsPerPage=3"

_BODY = b'{"id":"4888442a3354817a7320eb61","name":"org1","isDeleted":false,"links":[]}'
_COMMAND = "import sys; from generator.cli.main import run; sys.exit(run(sys.argv[1:]))"
_TICKS = os.sysconf("SC_CLK_TCK")
_CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """What one kind of request cost."""

    name: str
    per_second: float
    share: float


def measure(rounds: int = 8, seconds: float = 0.5) -> list[Measured]:
    """The echo, and the mock's "one" and "list", each with its share of the echo.

    The kinds take turns, so that whatever else the machine does meets all of them alike.
    """
    counts: dict[str, int] = {}
    spent: dict[str, float] = {}
    with _served("echo") as bare, _served("mock") as full:
        kinds = (("echo", bare, ONE), ("one", full, ONE), ("list", full, LIST))
        for turn in range(rounds + 1):
            for name, (port, pid), target in kinds:
                before = _cpu(pid)
                count = _load(port, target, seconds)
                if turn > 0:
                    counts[name] = counts.get(name, 0) + count
                    spent[name] = spent.get(name, 0.0) + _cpu(pid) - before
    rates = {name: counts[name] / spent[name] for name in counts}
    return [Measured(name, rate, rate / rates["echo"]) for name, rate in rates.items()]


async def echo(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """The least that an ASGI app can do: read the request, answer a fixed body."""
    if scope["type"] == "lifespan":
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})
        return
    await receive()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(_BODY))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY})


def mock() -> MockApp:
    """The mock of the committed description, open to everybody."""
    diagnostics = Diagnostics()
    resolved = load(str(SPEC), diagnostics, reader=lambda name: Path(name).read_bytes())
    api = build(resolved, diagnostics) if resolved is not None else None
    assert api is not None, list(diagnostics)
    return app_for(api)


@contextmanager
def _served(kind: str) -> Generator[tuple[int, int]]:
    """A server process of this module; its port and its process id."""
    command = [sys.executable, "-m", "tests.benchmarks.mock", "serve", kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline()), process.pid
        finally:
            process.kill()


def _cpu(pid: int) -> float:
    """The process's CPU seconds so far, its threads and the kernel's work for it included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _load(port: int, target: str, seconds: float) -> int:
    """How many requests a few connections, each with one on its way, got answered."""
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\n\r\n".encode()
    connections = [_connected(port) for _ in range(_CONNECTIONS)]
    with selectors.DefaultSelector() as waiting:
        for connection in connections:
            waiting.register(connection, selectors.EVENT_READ, (connection, bytearray()))
            connection.sendall(request)
        count = _pump(waiting, request, time.perf_counter() + seconds)
    for connection in connections:
        connection.close()
    return count


def _connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _pump(waiting: selectors.BaseSelector, request: bytes, end: float) -> int:
    """Send the next request on every connection whose answer is whole, until the end."""
    count = 0
    while time.perf_counter() < end:
        for key, _ in waiting.select(1):
            connection, received = key.data
            if _complete(connection, received):
                count += 1
                connection.sendall(request)
    return count


def _complete(connection: socket.socket, received: bytearray) -> bool:
    """Take what arrived; whether the answer is whole now, which must be a success."""
    received += connection.recv(65536)
    head, found, body = bytes(received).partition(b"\r\n\r\n")
    if not found:
        return False
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    if len(body) < int(length):
        return False
    assert head.startswith(b"HTTP/1.1 200"), head
    received.clear()
    return True


def ready(description: Path) -> float:
    """Seconds from the start of the command until it takes calls."""
    command = [sys.executable, "-c", _COMMAND, "mock", str(description)]
    before = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().removeprefix("http://").partition("/")[0]
        host, _, port = address.partition(":")
        socket.create_connection((host, int(port))).close()
        took = time.perf_counter() - before
        process.terminate()
    return took


def _serve(kind: str) -> None:
    with serve(echo if kind == "echo" else mock()) as running:
        print(running.url.rpartition(":")[2], flush=True)
        running.wait()


def main() -> None:
    """Serve, as a child; else measure and print."""
    if sys.argv[1:2] == ["serve"]:
        _serve(sys.argv[2])
        return
    for each in measure():
        carried = f"{each.per_second:.0f} requests a CPU second"
        print(f"{each.name:5} {carried}, {each.share:.2f} of the echo")
    for description in (*sorted(SPEC.parent.glob("*.yaml")), *map(Path, sys.argv[1:])):
        took = min(ready(description) for _ in range(3))
        print(f"{description.name} ready within {took:.2f} s")


if __name__ == "__main__":
    main()
