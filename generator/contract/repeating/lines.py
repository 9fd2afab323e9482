"""Calls that show a finding, as texts that repeat them alone: shell lines and a pytest file.

In come recorded calls, out go texts. A key that a call's answer brought and a later call uses is a
variable filled from the answer. A secret is named by its environment variable and never written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator.api.exchange import CallRecord, Principal
from generator.contract.repeating.bringing import brought, mentions
from generator.contract.world import World
from generator.report import REDACTED, cut, parted

_CREDENTIALS = frozenset({"authorization", "cookie", "host", "content-length"})


@dataclass(frozen=True, slots=True)
class _Key:
    """A value that a call brought: the variable that holds it, and how it is named and found."""

    name: str
    named: str
    pointer: str


def repeated_by_curl(world: World, calls: Sequence[CallRecord]) -> str:
    """One shell line a call; where a call brings a key, the line fills a variable.

    Calls that were made at once are made in the background, but for the last of them.
    """
    lines: list[str] = []
    known: list[_Key] = []
    for place, call in enumerate(calls):
        line = _line(world, call, known)
        if not call.principal and REDACTED in (call.request.header("Authorization") or ""):
            lines.append("# It was sent with an Authorization that curl cannot make again.")
        key = _brought(world, call, calls[place + 1 :], len(known) + 1)
        if key is not None:
            known.append(key)
            line = _taken(line, key)
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
            taken = f"answer.json(){steps}" if key.pointer else 'answer.headers["ETag"]'
            lines.append(f"    {key.name} = {taken}")
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
    return world.client.curl(call, {key.named: key.name for key in known})


def _statement(world: World, call: CallRecord, known: Sequence[_Key]) -> list[str]:
    request = call.request
    kept = ", ".join(
        f"{name!r}: {_literal(value, known)}"
        for name, value in request.headers
        if name.lower() not in _CREDENTIALS
    )
    url = _literal(f"{world.target.origin}{request.target}", known)
    body = f"content=({_literal(request.body.decode('utf-8', 'replace'), known)}).encode()"
    parts = [repr(request.method), url, f"headers={{{kept}}}", *([body] if request.body else [])]
    parts += _auth(world, call.principal)
    return [f"    answer = httpx2.request({', '.join(parts)})"]


def _literal(text: str, known: Sequence[_Key]) -> str:
    names = {key.named: key.name for key in known}
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
    """What later calls name of a call's answer, unless the caller chose it: that stays the same."""
    for each in brought(world, call):
        if any(mentions(one, each) for one in later) and not mentions(call, each):
            return _Key(f"key{number}", each.named, each.pointer)
    return None


def _taken(line: str, key: _Key) -> str:
    """A line that keeps what its answer brings."""
    if not key.pointer:
        tag = "sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' | tr -d '\\r'"
        return f"{key.name}=$({line} | {tag})"
    silent = line.replace("curl --include", "curl --silent", 1)
    return f"{key.name}=$({silent} | jq -r '{_path(key.pointer)}')"


def _path(pointer: str) -> str:
    return "." + ".".join(json.dumps(token) for token in pointer.split("/")[1:])


def _comment(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True, default=str)
    return cut(text, 200)
