"""Calls that show a finding, as texts that repeat them alone: shell lines and a pytest file.

In come recorded calls, out go texts. A key that a call's answer brought and a later call uses is a
variable filled from the answer. A secret is named by its environment variable and never written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator.api.exchange import CallRecord, Principal
from generator.contract.judging.answer import Answer
from generator.contract.world import World
from generator.report import cut, parted, stands

_CREDENTIALS = frozenset({"authorization", "cookie", "host", "content-length"})


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that a call brought: the variable, its value, and where the answer has it."""

    name: str
    value: str
    pointer: str


def with_makers(
    world: World, earlier: Sequence[CallRecord], calls: Sequence[CallRecord]
) -> tuple[CallRecord, ...]:
    """The calls behind those that made what they name: so they run alone, on another day too.

    They come in the order in which they were made.
    """
    wanted = list(calls)
    for call in reversed(earlier):
        named = _named(world, call) if call not in calls else None
        if named is not None and any(_needs(world, each, named[1]) for each in wanted):
            wanted.insert(0, call)
    places = {id(each): earlier.index(each) for each in wanted if each in earlier}
    return tuple(sorted(wanted, key=lambda each: places.get(id(each), len(earlier))))


def repeated_by_curl(world: World, calls: Sequence[CallRecord]) -> str:
    """One shell line a call; where a call brings a key, the line fills a variable.

    Calls that were made at once are made in the background, but for the last of them.
    """
    lines: list[str] = []
    known: list[_Key] = []
    for place, call in enumerate(calls):
        line = _line(world, call, known)
        key = _brought(world, call, calls[place + 1 :], len(known) + 1)
        if key is not None:
            known.append(key)
            silent = line.replace("curl --include", "curl --silent", 1)
            line = f"{key.name}=$({silent} | jq -r '{_path(key.pointer)}')"
        elif place + 1 < len(calls) and calls[place + 1].beside:
            line = f"{line} &"
        lines.append(line)
        if call.beside and (place + 1 == len(calls) or not calls[place + 1].beside):
            lines.append("wait")
    return "\n".join(lines)


def repeated_by_pytest(world: World, calls: Sequence[CallRecord], expected: object) -> str:
    """A test of its own that makes the calls; it says what the last answer should be."""
    lines, known = list[str](), list[_Key]()
    for place, call in enumerate(calls):
        lines += _statement(world, call, known)
        key = _brought(world, call, calls[place + 1 :], len(known) + 1)
        if key is not None:
            known.append(key)
            steps = "".join(f"[{token!r}]" for token in key.pointer.split("/")[1:])
            lines.append(f"    {key.name} = answer.json(){steps}")
    status = expected if isinstance(expected, int) else calls[-1].response.status
    lines.append(f"    assert answer.status_code == {status}, answer.text")
    if not isinstance(expected, int):
        lines.append(f"    # where it differs the model says: {_comment(expected)}")
    return _HEAD + "\n".join(lines) + "\n"


_HEAD = '''\
"""Repeats the calls of a finding; pytest runs it alone."""

import os

import httpx2


def test_the_finding() -> None:
'''


def _line(world: World, call: CallRecord, known: Sequence[_Key]) -> str:
    return world.client.curl(call, {key.value: key.name for key in known})


def _statement(world: World, call: CallRecord, known: Sequence[_Key]) -> list[str]:
    request = call.request
    kept = {name: value for name, value in request.headers if name.lower() not in _CREDENTIALS}
    url = _literal(f"{world.target.origin}{request.target}", known)
    body = f"content=({_literal(request.body.decode('utf-8', 'replace'), known)}).encode()"
    parts = [repr(request.method), url, f"headers={kept!r}", *([body] if request.body else [])]
    parts += _auth(world, call.principal)
    return [f"    answer = httpx2.request({', '.join(parts)})"]


def _literal(text: str, known: Sequence[_Key]) -> str:
    names = {key.value: key.name for key in known}
    told = [f"str({names[key]})" if key else repr(piece) for piece, key in parted(text, names)]
    return " + ".join(told) or "''"


def _auth(world: World, name: str) -> list[str]:
    principal = next((each for each in world.target.principals if each.name == name), None)
    scheme = world.api.security_schemes.get(principal.scheme) if principal else None
    if principal is None or scheme is None or scheme.kind != "http":
        return []
    return [_http_auth(world, principal, scheme.scheme.lower())]


def _http_auth(world: World, principal: Principal, scheme: str) -> str:
    variable = world.target.variables.get(principal.name, "LOCKSTEP_SECRET")
    secret = f"os.environ[{variable!r}]"
    if scheme == "bearer":
        return f"auth=lambda sent: sent.headers.update(Authorization='Bearer ' + {secret}) or sent"
    kind = "DigestAuth" if scheme == "digest" else "BasicAuth"
    return f"auth=httpx2.{kind}({principal.user!r}, {secret})"


def _brought(
    world: World, call: CallRecord, later: Sequence[CallRecord], number: int
) -> _Key | None:
    named = _named(world, call)
    if named is None or not any(_mentions(each, named[1]) for each in later):
        return None
    if _mentions(call, named[1]):
        return None  # The caller chose it: it is the same on another day.
    return _Key(f"key{number}", named[1], named[0])


def _named(world: World, call: CallRecord) -> tuple[str, str] | None:
    """Where a call that made something tells its key, and the key."""
    operation = world.api.operation(call.operation)
    use = operation.behaviours.resource if operation else None
    if operation is None or use is None or use.role not in ("create", "upsert"):
        return None
    pointer = f"{use.item}/{world.kinds[use.resource].resource.key}"
    success = 200 <= call.response.status < 300
    value = Answer(operation, call).at(pointer) if success else None
    told = isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    return (pointer, str(value)) if told else None


def _needs(world: World, call: CallRecord, key: str) -> bool:
    """Whether a call names a key that it does not make itself."""
    named = _named(world, call)
    return _mentions(call, key) and (named is None or named[1] != key)


def _mentions(call: CallRecord, key: str) -> bool:
    body = call.request.body.decode("utf-8", "replace")
    return stands(key, call.request.target) or stands(key, body)


def _path(pointer: str) -> str:
    return "." + ".".join(json.dumps(token) for token in pointer.split("/")[1:])


def _comment(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return cut(text, 200)
