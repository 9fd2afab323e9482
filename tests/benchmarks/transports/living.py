"""Cells about many calls at once, cancelled calls, forks, Ctrl-C and trio."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
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
from tests.benchmarks.transports.server import Server, serving


def together(kind: str) -> None:
    """Threads or tasks share a transport."""
    with serving() as server, Driver(kind) as driver:
        assert [each.body for each in driver.many(server.url, 40)] == [b"fine"] * 40


def cancellation(kind: str) -> None:
    """A call that is cancelled leaves no connection, and the transport goes on."""
    if kind == "sync-pyreqwest":
        raise NotClaimed("nothing ends a blocking call but its answer and its timeout")
    with serving() as server, Driver(kind) as driver:
        url = f"{server.url}/wait-0.4"
        if driver.blocking:
            _interrupted(driver, url)
        else:
            driver.run(_cancelled(driver, url))
        if kind == "async-pyreqwest":
            assert _lives_on(driver, server)
            raise NotClaimed("the connection of a cancelled call lives until its answer or timeout")
        assert server.closed()
        assert driver.get(server.url).body == b"fine"
        assert server.open == 1


def _lives_on(driver: Driver, server: Server) -> bool:
    """Whether the connections of cancelled calls serve others once their answers have come."""
    left = server.connections
    ends = time.monotonic() + 10
    while server.answered < left and time.monotonic() < ends:
        time.sleep(0.01)
    time.sleep(0.2)
    answers = driver.many(f"{server.url}/wait-0.05", left)
    return server.connections == left and [each.body for each in answers] == [b"late"] * left


async def _cancelled(driver: Driver, url: str) -> None:
    """Tasks that are cancelled while they wait."""
    sends = [driver.transport.send(request(url), PATIENT) for _ in range(5)]
    tasks = [asyncio.ensure_future(send) for send in sends]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in ended)


def _interrupted(driver: Driver, url: str) -> None:
    """A call out of which a signal's handler raises, as Ctrl-C does."""

    def handler(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        raises(KeyboardInterrupt, lambda: driver.get(url), within=0.35)
    finally:
        signal.signal(signal.SIGALRM, before)


def fork(kind: str) -> None:
    """A child works on a connection of its own; one with pyreqwest says at once that it cannot."""
    with serving() as server, Driver(kind) as driver:
        assert driver.get(server.url).body == b"fine"
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            os._exit(_in_child(driver, server.url))
        outcome = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert outcome == (_REFUSED if kind.endswith("pyreqwest") else _WORKED), outcome
        assert driver.get(server.url).body == b"fine"
        assert server.connections == (1 if outcome == _REFUSED else 2)


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
    return _WORKED if answers == [b"fine"] * 2 else 14


def interrupt(kind: str) -> None:
    """Ctrl-C ends a call within a second."""
    if kind == "sync-pyreqwest":
        raise NotClaimed("Ctrl-C waits for the answer or the timeout")
    with serving() as server:
        code = (
            "from tests.benchmarks.transports.driver import Driver\n"
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
    """The awaited transport waits on trio, and a call that is cancelled there leaves no connection."""
    if kind.startswith("sync"):
        raise DoesNotApply
    if kind == "async-pyreqwest":
        raise NotClaimed("asyncio alone")

    async def use(url: str) -> bytes:
        transport = AsyncHttpx2Transport(TransportOptions(max_connections=1))
        with trio.move_on_after(0.05) as scope:
            await transport.send(request(f"{url}/wait-0.5"), PATIENT)
        assert scope.cancelled_caught
        response = await transport.send(request(url), PATIENT)
        await transport.sleep(0.001)
        await transport.close()
        return response.body

    with serving() as server:
        assert trio.run(use, server.url) == b"fine"
        assert server.closed()
