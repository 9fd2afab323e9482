"""What each transport can do: one suite of cells, printed as a table.

`python -m tests.benchmarks.transports` runs every cell over both network transports, blocking and
awaited, and prints `ok`, what is not claimed, or what went wrong. A cell is a function of a kind
that returns when the transport does what it should. Servers listen on 127.0.0.1 alone; certificates
are made for the run with the openssl command.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trio

from generator.runtime import Request, Timeouts, TransportError, TransportOptions
from generator.runtime.errors import ConnectError, TimeoutError_
from generator.runtime.over_httpx2 import Httpx2Transport
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from generator.runtime.over_pyreqwest import PyreqwestTransport
from generator.runtime.over_pyreqwest_async import AsyncPyreqwestTransport

KINDS = ("sync-httpx2", "async-httpx2", "sync-pyreqwest", "async-pyreqwest")
_MAKE: Mapping[str, Callable[[TransportOptions | None], Any]] = {
    "sync-httpx2": Httpx2Transport,
    "async-httpx2": AsyncHttpx2Transport,
    "sync-pyreqwest": PyreqwestTransport,
    "async-pyreqwest": AsyncPyreqwestTransport,
}
_PATIENT = Timeouts(10.0)
_GIGABYTE = 1024 * 1024 * 1024


class NotClaimed(Exception):
    """A transport does not promise this."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.connections = 0
        self.open = 0
        self.most = 0
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the cells."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def closed(self) -> bool:
        """Whether every connection is closed soon."""
        for _ in range(300):
            if self.open == 0:
                return True
            time.sleep(0.01)
        return False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def counts(self) -> _Server:
        assert isinstance(self.server, _Server)
        return self.server

    def setup(self) -> None:
        super().setup()
        with self.counts.lock:
            self.counts.connections += 1
            self.counts.open += 1
            self.counts.most = max(self.counts.most, self.counts.open)

    def finish(self) -> None:
        super().finish()
        with self.counts.lock:
            self.counts.open -= 1

    def do_GET(self) -> None:
        self.counts.asked.append(self.path)
        self.counts.headers.append({k.lower(): v for k, v in self.headers.items()})
        word, _, number = self.path.rpartition("/")[2].partition("-")
        getattr(self, f"_{word}", self._fine)(float(number or 0))

    def do_POST(self) -> None:
        left, size = int(self.headers["content-length"]), 0
        while left > size:
            size += len(self.rfile.read(min(1 << 20, left - size)))
        self._send(str(size).encode())

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
        self.send_header("content-length", "100")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(number)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Generator[_Server, None, None]:
    """The server of the cells."""
    server = _Server()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Driver:
    """A transport of one kind and the loop that it waits on."""

    def __init__(self, kind: str, options: TransportOptions | None = None) -> None:
        self.blocking = kind.startswith("sync")
        self.transport = _MAKE[kind](options)
        self._runner = asyncio.Runner()

    def run(self, value: Any) -> Any:
        """What a call gives, awaited where it must be."""
        return value if self.blocking else self._runner.run(value)

    def get(self, url: str, timeouts: Timeouts = _PATIENT) -> Any:
        return self.run(self.transport.send(_request(url), timeouts))

    def length(self, url: str) -> int:
        """How many bytes a stream gives."""

        async def awaited() -> int:
            incoming = await self.transport.open(_request(url), _PATIENT)
            size = 0
            async for chunk in incoming.chunks():
                size += len(chunk)
            await incoming.close()
            return size

        if not self.blocking:
            return int(self.run(awaited()))
        incoming = self.transport.open(_request(url), _PATIENT)
        size = sum(len(chunk) for chunk in incoming.chunks())
        incoming.close()
        return size

    def many(self, url: str, count: int) -> list[Any]:
        """Calls at once: threads or tasks."""

        async def awaited() -> list[Any]:
            sends = [self.transport.send(_request(url), _PATIENT) for _ in range(count)]
            return await asyncio.gather(*sends)

        if not self.blocking:
            found: list[Any] = self.run(awaited())
            return found
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(self.get, [url] * count))

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.transport.close())
        self._runner.close()


def _request(url: str, method: str = "GET", body: bytes = b"") -> Request:
    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    origin = f"{scheme}://{authority}"
    return Request(method=method, origin=origin, target=f"/{path}", body=body)


def keep_alive(kind: str) -> None:
    """Calls one after the other share a connection, and closing closes it."""
    with serving() as server:
        with Driver(kind) as driver:
            assert [driver.get(server.url).body for _ in range(5)] == [b"fine"] * 5
            assert server.connections == 1
        assert server.closed()


def pool_limit(kind: str) -> None:
    """No more connections than the options say."""
    with serving() as server, Driver(kind, TransportOptions(max_connections=3)) as driver:
        assert len(driver.many(f"{server.url}/wait-0.02", 12)) == 12
        assert server.most <= 3


def connect_timeout(kind: str) -> None:
    """A host that does not take the connection."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        with Driver(kind, TransportOptions(connect_timeout=0.2)) as driver:
            _raises(ConnectError, lambda: driver.get(f"http://127.0.0.1:{port}"), within=2)
        for each in waiting:
            each.close()


def read_timeout(kind: str) -> None:
    """A server that is silent."""
    with serving() as server, Driver(kind) as driver:
        _raises(
            TimeoutError_, lambda: driver.get(f"{server.url}/wait-1", Timeouts(0.1)), within=0.9
        )


def total_timeout(kind: str) -> None:
    """A server that is never silent for long."""
    with serving() as server, Driver(kind) as driver:
        slow = f"{server.url}/drip-0.02"
        _raises(TimeoutError_, lambda: driver.get(slow, Timeouts(0.3, 0.3)), within=1.5)


def proxy(kind: str) -> None:
    """The proxy of the options gets the whole URL."""
    with serving() as server, Driver(kind, TransportOptions(proxy=server.url)) as driver:
        assert driver.get("http://nowhere.test/x").body == b"fine"
        assert server.asked == ["http://nowhere.test/x"]


def proxy_of_the_environment(kind: str) -> None:
    """The proxy that the environment names, and none where it is not trusted."""
    with serving() as server:
        os.environ["http_proxy"] = server.url
        try:
            with Driver(kind) as driver:
                assert driver.get("http://nowhere.test/y").body == b"fine"
            with Driver(kind, TransportOptions(trust_env=False)) as driver:
                _raises(ConnectError, lambda: driver.get("http://nowhere.test/z"), within=9)
        finally:
            del os.environ["http_proxy"]
        assert server.asked == ["http://nowhere.test/y"]


def ca_bundle(kind: str) -> None:
    """A certificate is taken with its authority in the bundle."""
    folder = _certificates()
    options = TransportOptions(ca_bundle=str(folder / "ca.pem"))
    with serving(_context(folder)) as server, Driver(kind, options) as driver:
        assert driver.get(server.url.replace("http:", "https:")).body == b"fine"


def wrong_certificate(kind: str) -> None:
    """A certificate that nobody vouches for is refused, unless told otherwise."""
    with serving(_context(_certificates())) as server:
        url = server.url.replace("http:", "https:")
        with Driver(kind) as driver:
            _raises(TransportError, lambda: driver.get(url), within=5)
        with Driver(kind, TransportOptions(verify=False)) as driver:
            assert driver.get(url).body == b"fine"


def client_certificate(kind: str) -> None:
    """A server that asks for a certificate gets it."""
    folder = _certificates()
    context = _context(folder)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(folder / "ca.pem")
    pair = (str(folder / "server.pem"), str(folder / "server.key"))
    bundle = str(folder / "ca.pem")
    with serving(context) as server:
        url = server.url.replace("http:", "https:")
        with Driver(kind, TransportOptions(ca_bundle=bundle, client_certificate=pair)) as driver:
            assert driver.get(url).body == b"fine"
        with Driver(kind, TransportOptions(ca_bundle=bundle)) as driver:
            _raises(TransportError, lambda: driver.get(url), within=5)


def redirects(kind: str) -> None:
    """A redirect is an answer; credentials go nowhere."""
    with serving() as server, Driver(kind) as driver:
        request = _request(f"{server.url}/redirect").with_header("authorization", "Bearer x")
        response = driver.run(driver.transport.send(request, _PATIENT))
        assert response.status == 302
        assert server.asked == ["/redirect"]


def gigabyte_down(kind: str) -> None:
    """A stream of a gigabyte in bounded memory."""
    with serving() as server, Driver(kind) as driver:
        driver.length(f"{server.url}/big-1000000")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert driver.length(f"{server.url}/big-{_GIGABYTE}") == _GIGABYTE
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def body_up(kind: str) -> None:
    """A body of 32 MB arrives whole."""
    with serving() as server, Driver(kind) as driver:
        request = _request(server.url, method="POST", body=b"x" * 32_000_000)
        assert driver.run(driver.transport.send(request, _PATIENT)).body == b"32000000"


def abandoned_stream(kind: str) -> None:
    """A stream that is closed early leaves no connection."""

    async def awaited(driver: Driver, url: str) -> None:
        incoming = await driver.transport.open(_request(url), _PATIENT)
        async for _ in incoming.chunks():
            break
        await incoming.close()
        await incoming.close()

    with serving() as server, Driver(kind) as driver:
        url = f"{server.url}/big-100000000"
        if driver.blocking:
            incoming = driver.transport.open(_request(url), _PATIENT)
            next(iter(incoming.chunks()))
            incoming.close()
            incoming.close()
        else:
            driver.run(awaited(driver, url))
        assert server.closed()


def together(kind: str) -> None:
    """Threads or tasks share a transport."""
    with serving() as server, Driver(kind) as driver:
        assert [each.body for each in driver.many(server.url, 40)] == [b"fine"] * 40


def cancellation(kind: str) -> None:
    """A call that is cancelled leaves no connection, and the transport goes on."""
    if kind.startswith("sync"):
        raise NotClaimed("blocking calls end by their timeouts")
    with serving() as server:
        with Driver(kind) as driver:

            async def cancelled() -> bytes:
                url = f"{server.url}/wait-0.4"
                tasks = [
                    asyncio.ensure_future(driver.transport.send(_request(url), _PATIENT))
                    for _ in range(5)
                ]
                await asyncio.sleep(0.1)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                answer = await driver.transport.send(_request(server.url), _PATIENT)
                return bytes(answer.body)

            assert driver.run(cancelled()) == b"fine"
        assert server.closed()


def fork(kind: str) -> None:
    """A child either works or says within a second that it cannot."""
    with serving() as server, Driver(kind) as driver:
        assert driver.get(server.url).body == b"fine"
        child = os.fork()
        if child == 0:
            signal.alarm(3)
            os._exit(_in_child(driver, server.url))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert driver.get(server.url).body == b"fine"


def _in_child(driver: Driver, url: str) -> int:
    try:
        return 0 if driver.get(url, Timeouts(1.0)).body == b"fine" else 1
    except TransportError as error:
        return 0 if "fork" in str(error) else 2
    except BaseException:
        return 3


def interrupt(kind: str) -> None:
    """Ctrl-C ends a call within a second."""
    if kind == "sync-pyreqwest":
        raise NotClaimed("Ctrl-C waits for the answer or the timeout")
    with serving() as server:
        code = (
            "from tests.benchmarks.transports import Driver\n"
            f"print('up', flush=True)\nDriver({kind!r}).get('{server.url}/wait-3')"
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdout is not None
        child.stdout.readline()
        while not server.asked:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        assert child.wait(1.5) != 0


def on_trio(kind: str) -> None:
    """The awaited transport waits on trio."""
    if kind != "async-httpx2":
        raise NotClaimed("asyncio alone" if kind.startswith("async") else "blocking")

    async def use(url: str) -> bytes:
        transport = AsyncHttpx2Transport()
        response = await transport.send(_request(url), _PATIENT)
        await transport.sleep(0.001)
        await transport.close()
        return response.body

    with serving() as server:
        assert trio.run(use, server.url) == b"fine"


CELLS: tuple[Callable[[str], None], ...] = (
    keep_alive,
    pool_limit,
    connect_timeout,
    read_timeout,
    total_timeout,
    proxy,
    proxy_of_the_environment,
    ca_bundle,
    wrong_certificate,
    client_certificate,
    redirects,
    body_up,
    abandoned_stream,
    together,
    cancellation,
    fork,
    interrupt,
    on_trio,
)
SLOW: tuple[Callable[[str], None], ...] = (gigabyte_down,)


def _raises(kind: type[Exception], call: Callable[[], object], *, within: float) -> None:
    began = time.monotonic()
    try:
        call()
    except kind:
        assert time.monotonic() - began < within, "too late"
        return
    raise AssertionError(f"no {kind.__name__}")


@cache
def _certificates() -> Path:
    """An authority, and a server's certificate for 127.0.0.1 that it vouches for."""
    folder = Path(tempfile.mkdtemp(prefix="certificates"))
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    for command in (
        f"req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority",
        f"req {key} -keyout server.key -out server.csr -subj /CN=127.0.0.1",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
        " -extfile san -out server.pem",
    ):
        done = ["openssl", *command.split()]
        subprocess.run(done, cwd=folder, check=True, capture_output=True, timeout=30)
    return folder


def _context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def outcome(cell: Callable[[str], None], kind: str) -> str:
    """What a cell says."""
    try:
        cell(kind)
    except NotClaimed as reason:
        return f"not claimed: {reason}"
    except Exception as error:
        return f"FAILED: {type(error).__name__} {error}"
    return "ok"


def main() -> int:
    """Print the table; 1 when a cell failed."""
    failed = 0
    print(f"{'':26}" + "".join(f"{kind:18}" for kind in KINDS))
    for cell in (*CELLS, *SLOW):
        found = [outcome(cell, kind) for kind in KINDS]
        failed += sum(each.startswith("FAILED") for each in found)
        marks = ["ok" if each == "ok" else each.partition(":")[0] for each in found]
        print(f"{cell.__name__:26}" + "".join(f"{mark:18}" for mark in marks), flush=True)
        for note in dict.fromkeys(each for each in found if each != "ok"):
            print(f"{'':28}{note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
