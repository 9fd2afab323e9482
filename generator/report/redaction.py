"""Secrets out of what is printed or kept.

In comes a recorded call or a text, out goes the same without credentials. Header names that carry
credentials are known by their standards; the run's own secrets are removed wherever they stand.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from generator.api.exchange import CallRecord, Headers, Request, Response

REDACTED = "[redacted]"
CUT = "\u2026"
"""What stands where a text was cut."""

# RFC 9110, sections 11.6.2 and 11.7.2, and RFC 6265: the scheme may stay, what follows may not.
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?= )")


def redact(
    call: CallRecord,
    secrets: Iterable[str] = (),
    names: Iterable[str] = (),
    members: Iterable[str] = (),
) -> CallRecord:
    """The call without credentials.

    `names` are further headers that carry them, `members` the members of JSON bodies that do.
    """
    told = tuple(secret for secret in secrets if secret)
    kept = _members(tuple(members))
    hidden = _hidden(tuple(names))
    sent, got = call.request, call.response
    request = Request(
        sent.method,
        redact_text(sent.target, told) if told else sent.target,
        _headers(sent.headers, told, hidden),
        _octets(sent.body, told, kept),
    )
    headers = _headers(got.headers, told, hidden)
    response = Response(got.status, headers, _octets(got.body, told, kept))
    return replace(call, request=request, response=response)


def spellings(secret: str, user: str = "") -> tuple[str, ...]:
    """How a secret may stand in a message: plain, in JSON, in an address, in Basic credentials."""
    if not secret:
        return ()
    pair = base64.b64encode(f"{user}:{secret}".encode()).decode()
    in_json = (json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    found = {secret, *in_json, quote(secret, safe=""), pair}
    return tuple(sorted(found, key=len, reverse=True))


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret replaced, and with the first of one where `cut` ended it."""
    told = tuple(secrets)
    for secret in told:
        text = text.replace(secret, REDACTED)
    *ended, last = text.split(CUT)
    return CUT.join([*(_without_beginning(each, told) for each in ended), last])


def cut(text: str, most: int) -> str:
    """The text with at most so many characters, and a mark where it was longer."""
    return text if len(text) <= most else f"{text[:most]}{CUT}"


def _without_beginning(text: str, secrets: tuple[str, ...]) -> str:
    """The text without the most of a secret that it ends with; one character tells nothing."""
    lengths = (
        length
        for secret in secrets
        for length in range(2, len(secret))
        if text.endswith(secret[:length])
    )
    longest = max(lengths, default=0)
    return f"{text[:-longest]}{REDACTED}" if longest else text


def _headers(headers: Headers, secrets: tuple[str, ...], hidden: frozenset[str]) -> Headers:
    if not secrets and not any(name.lower() in hidden for name, _ in headers):
        return headers
    return tuple(
        (name, _credentials(value) if name.lower() in hidden else redact_text(value, secrets))
        for name, value in headers
    )


@lru_cache(16)
def _hidden(names: tuple[str, ...]) -> frozenset[str]:
    return _CREDENTIALS | {name.lower() for name in names}


def _credentials(value: str) -> str:
    scheme = _SCHEME.match(value)
    return f"{scheme[0]} {REDACTED}" if scheme else REDACTED


@lru_cache(16)
def _members(names: tuple[str, ...]) -> re.Pattern[bytes] | None:
    words = "|".join(re.escape(json.dumps(name)) for name in names)
    return re.compile(rf'((?:{words})\s*:\s*)"(?:[^"\\]|\\.)*"'.encode()) if words else None


def _octets(body: bytes, secrets: tuple[str, ...], members: re.Pattern[bytes] | None) -> bytes:
    for secret in secrets:
        body = body.replace(secret.encode(), REDACTED.encode())
    return members.sub(rb'\1"' + REDACTED.encode() + b'"', body) if members else body
