"""Calls a generated client as it is told to; a program of its own, run as `python -m`.

A generated package is foreign code to us, so it is imported in this process and nowhere else. In,
on stdin: a `Job` as JSON. Out, on stdout: a list of `Outcome`s as JSON, one a call, in order. What
a call raises is its outcome, never the program's.

A recorded call holds identifiers that the recorded server chose. As calls are made, the values that
differ between the recorded answer and the one received are paired, and later arguments use the
received ones.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Callable
from typing import Any, TypeGuard, get_args, get_type_hints

import msgspec


class Credentials(msgspec.Struct, frozen=True):
    """Who calls: the security scheme's name and kind, and what it takes.

    `parameter` and `location` say where an API key is sent.
    """

    scheme: str
    kind: str
    user: str
    secret: str
    parameter: str = ""
    location: str = ""


class Call(msgspec.Struct, frozen=True):
    """One call: attribute and method of the client, Python arguments, and the recorded answer."""

    operation: str
    resource: str
    method: str
    arguments: dict[str, Any]
    body: Any = None
    has_body: bool = False
    paged: bool = False
    recorded: Any = None


class Job(msgspec.Struct, frozen=True):
    """The package to import, from where, and what to call on which server."""

    directory: str
    package: str
    base_url: str
    mode: str
    credentials: Credentials | None
    calls: list[Call]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one call; `error` is empty where it returned."""

    operation: str
    error: str = ""


Pairs = dict[str, str]


def is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Whether a JSON value is an array."""
    return isinstance(value, list)


def pair(recorded: Any, received: Any, pairs: Pairs) -> None:
    """Note the texts in which two answers of the same shape differ."""
    if isinstance(recorded, str) and isinstance(received, str):
        if recorded != received:
            pairs[recorded] = received
    elif is_mapping(recorded) and is_mapping(received):
        for key in recorded.keys() & received.keys():
            pair(recorded[key], received[key], pairs)
    elif is_list(recorded) and is_list(received):
        for left, right in zip(recorded, received, strict=False):
            pair(left, right, pairs)


def replaced(value: Any, pairs: Pairs) -> Any:
    """The value with every noted text replaced by its counterpart."""
    if isinstance(value, str):
        return pairs.get(value, value)
    if is_mapping(value):
        return {key: replaced(each, pairs) for key, each in value.items()}
    if is_list(value):
        return [replaced(each, pairs) for each in value]
    return value


def typed(method: Callable[..., Any], name: str, value: Any) -> Any:
    """The value as the type that the method's argument asks for."""
    hint: Any = get_type_hints(method)[name]
    choices = [each for each in get_args(hint) if each is not msgspec.UnsetType]
    return msgspec.convert(value, choices[0] if choices and not _generic(hint) else hint)


def _generic(hint: Any) -> bool:
    return isinstance(getattr(hint, "__origin__", None), type)


def keywords(method: Callable[..., Any], call: Call, pairs: Pairs) -> dict[str, Any]:
    """The keyword arguments of a call, as the method wants them."""
    values = dict(call.arguments)
    if call.has_body:
        values["body"] = call.body
    return {name: typed(method, name, replaced(value, pairs)) for name, value in values.items()}


def seen(call: Call, result: Any) -> Any:
    """What the caller sees, as plain JSON data, to be held beside the recorded answer."""
    return None if call.paged else msgspec.to_builtins(result)


def described(error: Exception) -> str:
    """One line on what a call raised."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


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


def sync_run(package: Any, job: Job, auth: Any) -> list[Outcome]:
    """Make the calls through the synchronous client."""
    pairs: Pairs = {}
    outcomes: list[Outcome] = []
    with package.Client(job.base_url, auth=auth) as client:
        for call in job.calls:
            method = getattr(getattr(client, call.resource), call.method)
            try:
                result = method(**keywords(method, call, pairs))
                if call.paged:
                    list(result.all())
                pair(call.recorded, seen(call, result), pairs)
                outcomes.append(Outcome(call.operation))
            except Exception as error:
                outcomes.append(Outcome(call.operation, described(error)))
    return outcomes


async def async_run(package: Any, job: Job, auth: Any) -> list[Outcome]:
    """Make the calls through the asynchronous client."""
    pairs: Pairs = {}
    outcomes: list[Outcome] = []
    async with package.AsyncClient(job.base_url, auth=auth) as client:
        for call in job.calls:
            method = getattr(getattr(client, call.resource), call.method)
            try:
                result = await method(**keywords(method, call, pairs))
                if call.paged:
                    [item async for item in result.all()]
                pair(call.recorded, seen(call, result), pairs)
                outcomes.append(Outcome(call.operation))
            except Exception as error:
                outcomes.append(Outcome(call.operation, described(error)))
    return outcomes


def main() -> None:
    """Read a job, make its calls, write what became of them."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.path.insert(0, job.directory)
    package = importlib.import_module(job.package)
    runtime = importlib.import_module(f"{job.package}._runtime")
    auth = authentication(runtime, job.credentials)
    if job.mode == "sync":
        outcomes = sync_run(package, job, auth)
    else:
        outcomes = asyncio.run(async_run(package, job, auth))
    sys.stdout.buffer.write(msgspec.json.encode(outcomes))


if __name__ == "__main__":
    main()
