"""A call as a curl line that can be pasted into a shell.

In comes a request and how its caller proves who they are; out goes one line. A secret is never in
it: the line names the environment variable that holds it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from generator.api.exchange import Request

_SHOWN = frozenset({"accept", "content-type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlAuth:
    """How curl proves who calls: `kind` is digest, basic, bearer or key; `header` carries a key."""

    kind: str
    user: str = ""
    variable: str = "LOCKSTEP_SECRET"
    header: str = "Authorization"


def curl(
    request: Request,
    base_url: str,
    auth: CurlAuth | None = None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """The line; headers that matter are kept, credentials come from `auth`.

    `variables` are names of shell variables by the value that they stand for.
    """
    words = ["curl", "--include", "--request", request.method, *_headers(request)]
    if request.body:
        words += ["--data-binary", _body(request.body)]
    known = variables or {}
    quoted = " ".join(_quoted(word, known) for word in words)
    url = _quoted(base_url.rstrip("/") + request.target, known)
    return " ".join(part for part in (quoted, _auth(auth), url) if part)


def _quoted(word: str, variables: Mapping[str, str]) -> str:
    """The word for a shell, which expands nothing in it but the variables."""
    if not any(value in word for value in variables):
        return shlex.quote(word)
    parts = re.split("|".join(f"({re.escape(value)})" for value in variables), word)
    told = (
        f'"${variables[each]}"' if each in variables else shlex.quote(each)
        for each in parts
        if each
    )
    return "".join(told)


def _headers(request: Request) -> list[str]:
    kept = [(name, value) for name, value in request.headers if name.lower() in _SHOWN]
    return [word for name, value in kept for word in ("--header", f"{name}: {value}")]


def _body(body: bytes) -> str:
    # A leading @ would make curl read a file of that name.
    text = body.decode("utf-8", "backslashreplace")
    return f" {text}" if text.startswith("@") else text


def _auth(auth: CurlAuth | None) -> str:
    if auth is None:
        return ""
    variable = f"${{{auth.variable}}}"
    if auth.kind in ("digest", "basic"):
        return f'--{auth.kind} --user {shlex.quote(auth.user)}:"{variable}"'
    prefix = "Bearer " if auth.kind == "bearer" else ""
    return f'--header "{auth.header}: {prefix}{variable}"'
