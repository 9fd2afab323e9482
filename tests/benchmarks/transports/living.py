"""Cells about many calls at once, cancelled calls, forks, Ctrl-C and trio."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import signal
import subprocess
import sys
import threading
import time

import trio

from generator.runtime import TransportError, TransportOptions
from generator.runtime.over_httpx2_async import AsyncHttpx2Transport
from tests.benchmarks.transports.driver import (
    PATIENT,
    DoesNotApply,
    Driver,
    NotClaimed,
    raises,
    request,
)
from tests.benchmarks.transports.server import LONG, Server, serving


def together(kind: str) -> None:
    """Threads or tasks share a transport."""
    with serving() as server, Driver(kind) as driver:
        assert [each.body for each in driver.many(server.url, 40)] == [b"fine"] * 40


def cancellation(kind: str) -> None:
    """A call that is cancelled leaves no connection, and the transport goes on."""
    if kind == "sync-pyreqwest":
        raise NotClaimed("nothing ends a blocking call but its answer and its timeout")
    with serving() as server, Driver(kind) as driver:
        if driver.blocking:
            _interrupted(driver, server)
        else:
            driver.run(_cancelled(driver, server))
        server.released.set()
        if kind == "async-pyreqwest":
            assert _lives_on(driver, server)
            raise NotClaimed("the connection of a cancelled call lives until its answer or timeout")
        assert server.closed()
        assert driver.get(server.url).body == b"fine"
        assert server.open == 1


def _lives_on(driver: Driver, server: Server) -> bool:
    """Whether the connection of a cancelled call serves another once its answer has come."""
    ends = time.monotonic() + LONG
    for turn in itertools.count():
        # As many at once as are open, for the engine takes the one used last first.
        several = server.open
        driver.many(f"{server.url}/{turn}/together-{several}", several)
        if any(paths[0] == "/held" and len(paths) > 1 for paths in server.by_connection):
            return True
        if time.monotonic() > ends:
            break
    return False


async def _cancelled(driver: Driver, server: Server) -> None:
    """Tasks that are cancelled while they wait."""
    url = f"{server.url}/held"
    sends = [driver.transport.send(request(url), PATIENT) for _ in range(5)]
    tasks = [asyncio.ensure_future(send) for send in sends]
    assert await asyncio.to_thread(server.is_asked, 5)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in ended)


def _interrupted(driver: Driver, server: Server) -> None:
    """A call out of which a signal's handler raises, as Ctrl-C does."""
    raised = threading.Event()
    main = threading.main_thread().ident or 0

    def handler(*_: object) -> None:
        if not raised.is_set():
            raised.set()
            raise KeyboardInterrupt

    def ring() -> None:
        server.is_asked(1)
        # A signal just before the call begins to wait would be seen when it has waited.
        while not raised.wait(0.05):
            signal.pthread_kill(main, signal.SIGALRM)

    before = signal.signal(signal.SIGALRM, handler)
    alarm = threading.Thread(target=ring, daemon=True)
    alarm.start()
    try:
        raises(KeyboardInterrupt, lambda: driver.get(f"{server.url}/held"))
    finally:
        raised.set()
        alarm.join(LONG)
        signal.signal(signal.SIGALRM, before)


def fork(kind: str) -> None:
    """A child works on a connection of its own; one with pyreqwest says at once that it cannot."""
    with serving() as server, Driver(kind) as driver:
        assert driver.get(server.url).body == b"fine"
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            os._exit(_in_child(driver, server.url))
        outcome = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert outcome == (_REFUSED if kind.endswith("pyreqwest") else _WORKED), outcome
        assert driver.get(server.url).body == b"fine"
        assert len(server.asked) == (2 if outcome == _REFUSED else 4)
        assert outcome == _REFUSED or server.connections == 2


_WORKED, _REFUSED = 10, 11


def _in_child(driver: Driver, url: str) -> int:
    """How a child fares that was handed the transport."""
    driver.begin_anew()
    try:
        answers = [driver.get(url).body for _ in range(2)]
    except TransportError as error:
        return _REFUSED if "fork" in str(error) else 12
    except BaseException:
        return 13
    finally:
        gc.collect()  # What becomes garbage here must not reach the parent.
    return _WORKED if answers == [b"fine"] * 2 else 14


def interrupt(kind: str) -> None:
    """Ctrl-C ends a call that has no answer."""
    if kind == "sync-pyreqwest":
        raise NotClaimed("Ctrl-C waits for the answer or the timeout")
    with serving() as server:
        code = (
            "import signal\n"
            "from tests.benchmarks.transports.driver import Driver\n"
            # Whoever is started in the background may be deaf to it.
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            f"Driver({kind!r}).get('{server.url}/held')"
        )
        with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as child:
            assert server.is_asked(1)
            # One just before the call begins to wait would be seen when it has waited.
            while child.poll() is None and not server.released.wait(0.1):
                child.send_signal(signal.SIGINT)
            assert child.returncode != 0


def on_trio(kind: str) -> None:
    """The awaited transport waits on trio, and a call that is cancelled there leaves no connection."""
    if kind.startswith("sync"):
        raise DoesNotApply
    if kind == "async-pyreqwest":
        raise NotClaimed("asyncio alone")

    async def use(server: Server) -> bytes:
        transport = AsyncHttpx2Transport(TransportOptions(max_connections=1))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(transport.send, request(f"{server.url}/held"), PATIENT)
            assert await trio.to_thread.run_sync(server.is_asked, 1)
            nursery.cancel_scope.cancel()
        response = await transport.send(request(server.url), PATIENT)
        await transport.sleep(0.001)
        await transport.close()
        return response.body

    with serving() as server:
        assert trio.run(use, server) == b"fine"
        server.released.set()
        assert server.closed()
