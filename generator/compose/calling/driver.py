"""Calls a generated client as it is told to; a program of its own, run as `python -m`.

A generated package is foreign code to us, so it is imported in this process and nowhere else. In,
on stdin: a `Job` as JSON. Out, on stdout: a list of `Outcome`s as JSON, one a call or exchange, in
order. What a call raises is its outcome, never the program's.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Callable, Generator
from functools import partial
from typing import Any

import msgspec

from generator.compose.calling.canned import Canned
from generator.compose.calling.job import Credentials, Exchange, Job, Outcome
from generator.compose.calling.keywords import Keywords
from generator.compose.calling.pairing import Pairs, pair, replaced_in
from generator.compose.calling.seeing import Sight, asked_otherwise

Calls = Generator[Callable[[], Any], Any, list[Outcome]]
"""Calls to make: it yields each, is sent what came of it or has thrown in what it raised."""


def described(error: Exception) -> str:
    """One line on what a call raised."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


def recorded(client: Any, job: Job, keywords: Keywords, walk: Callable[[Any], Any]) -> Calls:
    """The recorded calls, which must return.

    They hold identifiers that the recorded server chose. As calls are made, the values that differ
    between the recorded answer and the one received are paired, and later arguments use these.
    """
    pairs: Pairs = {}
    outcomes: list[Outcome] = []
    for call in job.calls:
        method = getattr(getattr(client, call.resource), call.method)
        try:
            arguments = keywords.of(method, replaced_in(call, pairs))
            result = yield partial(method, **arguments)
            if call.paged:
                yield partial(walk, result)
            else:
                pair(call.recorded, msgspec.to_builtins(result), pairs)
            outcomes.append(Outcome(call.operation))
        except Exception as error:
            outcomes.append(Outcome(call.operation, described(error)))
    return outcomes


def given(client: Any, job: Job, keywords: Keywords, canned: Canned, sight: Sight) -> Calls:
    """The exchanges: each call gets its answer, and the caller must see what is expected."""
    outcomes: list[Outcome] = []
    for each in job.exchanges:
        canned.reply, canned.asked = each.reply, None
        try:
            error = sight.of_result(each, (yield from _answered(client, each, keywords, sight)))
        except Exception as raised:
            error = sight.of_error(each, raised)
        if not error and each.asked is not None:
            error = asked_otherwise(each.asked, canned.asked, each.reply)
        outcomes.append(Outcome(each.call.operation, error and f"{each.label}: {error}"))
    return outcomes


def _answered(
    client: Any, exchange: Exchange, keywords: Keywords, sight: Sight
) -> Generator[Callable[[], Any], Any, Any]:
    """What a call returns; of recorded ones also the response as it came is looked at."""
    resource, name = getattr(client, exchange.call.resource), exchange.call.method
    method = getattr(resource, name)
    arguments = keywords.of(method, exchange.call)
    if exchange.asked is None:
        return (yield partial(method, **arguments))
    raw = yield partial(getattr(resource.with_raw_response, name), **arguments)
    sight.check_raw(exchange.reply, raw)
    return raw.parse()


def authentication(runtime: Any, credentials: Credentials | None) -> Any:
    """The client's own credentials object for a principal."""
    if credentials is None:
        return None
    makers: dict[str, Callable[[], Any]] = {
        "digest": lambda: runtime.Digest(credentials.user, credentials.secret),
        "basic": lambda: runtime.Basic(credentials.user, credentials.secret),
        "bearer": lambda: runtime.Bearer(credentials.secret),
        "key": lambda: runtime.ApiKey(
            credentials.secret, credentials.parameter, credentials.location
        ),
    }
    return {credentials.scheme: makers[credentials.kind]()}


def run(package: Any, job: Job) -> list[Outcome]:
    """Make the calls of a job through the synchronous client."""
    runtime = importlib.import_module(f"{job.package}._runtime")
    asgi = importlib.import_module(f"{job.package}._runtime.asgi")
    keywords, canned = Keywords(job.package), Canned()
    outcomes: list[Outcome] = []
    if job.calls:
        auth = authentication(runtime, job.credentials)
        with package.Client(job.base_url, auth=auth) as client:
            outcomes += _made(recorded(client, job, keywords, lambda page: list(page.all())))
    if job.exchanges:
        once, transport = runtime.Options(retries=0), asgi.AsgiTransport(canned)
        with package.Client(job.base_url, options=once, transport=transport) as client:
            outcomes += _made(given(client, job, keywords, canned, Sight(job.package)))
    return outcomes


async def run_async(package: Any, job: Job) -> list[Outcome]:
    """Make the calls of a job through the asynchronous client."""
    runtime = importlib.import_module(f"{job.package}._runtime")
    asgi = importlib.import_module(f"{job.package}._runtime.asgi")
    keywords, canned = Keywords(job.package), Canned()
    outcomes: list[Outcome] = []
    if job.calls:
        auth = authentication(runtime, job.credentials)
        async with package.AsyncClient(job.base_url, auth=auth) as client:
            outcomes += await _awaited(recorded(client, job, keywords, _walked))
    if job.exchanges:
        once, transport = runtime.Options(retries=0), asgi.AsyncAsgiTransport(canned)
        async with package.AsyncClient(job.base_url, options=once, transport=transport) as client:
            outcomes += await _awaited(given(client, job, keywords, canned, Sight(job.package)))
    return outcomes


async def _walked(page: Any) -> list[Any]:
    return [item async for item in page.all()]


def _made(calls: Calls) -> list[Outcome]:
    try:
        call = next(calls)
        while True:
            try:
                result = call()
            except Exception as error:
                call = calls.throw(error)
            else:
                call = calls.send(result)
    except StopIteration as done:
        outcomes: list[Outcome] = done.value
        return outcomes


async def _awaited(calls: Calls) -> list[Outcome]:
    try:
        call = next(calls)
        while True:
            try:
                result = await call()
            except Exception as error:
                call = calls.throw(error)
            else:
                call = calls.send(result)
    except StopIteration as done:
        outcomes: list[Outcome] = done.value
        return outcomes


def main() -> None:
    """Read a job, make its calls, write what became of them."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.path.insert(0, job.directory)
    package = importlib.import_module(job.package)
    is_sync = job.mode == "sync"
    outcomes = run(package, job) if is_sync else asyncio.run(run_async(package, job))
    sys.stdout.buffer.write(msgspec.json.encode(outcomes))


if __name__ == "__main__":
    main()
