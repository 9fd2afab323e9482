"""Any answer that the description declares, for who asks for it by its status and example.

Compiled for an operation. No state is looked at and nothing is checked: this is for tests of
clients, which have to see answers that are hard to come by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from generator.api.exchange import Response
from generator.api.model import Content, Operation
from generator.api.model import Response as Declared
from generator.mock.answering.replies import BODILESS, promised_headers
from generator.mock.answering.shown import named, shown, written
from generator.mock.blueprint import Blueprint
from generator.mock.values import ABSENT
from generator.wire import negotiate, parse_prefer

Tell = Callable[[int, str, str | None], Response | None]
"""From a status, an example's name and Accept to the answer that is declared so; None for none."""


def teller(blueprint: Blueprint, operation: Operation) -> Tell:
    """The function that gives declared answers of an operation."""

    @lru_cache(maxsize=64)
    def tell(status: int, example: str, accept: str | None) -> Response | None:
        declared = operation.response(status)
        if declared is None or not 200 <= status <= 599:
            return None
        headers = promised_headers(blueprint, declared)
        content = _content(declared, example, accept)
        if content is None or status in BODILESS:
            return None if example else Response(status, headers)
        value = named(blueprint, content, example) if example else shown(blueprint, content)
        if value is ABSENT:
            return None
        media_type, body = written(value, content.media_type)
        return Response(status, (("content-type", media_type), *headers), body)

    return tell


def preferred(headers: Mapping[str, str], tell: Tell, success: int) -> Response | None:
    """The answer that Prefer asks for by `code` and `example` (RFC 7240), if it asks for one."""
    asked = parse_prefer(headers["prefer"])
    if not asked.keys() & {"code", "example"}:
        return None
    code, example = asked.get("code", str(success)), asked.get("example", "")
    if not (code.isdecimal() and code.isascii() and len(code) == 3):
        return None
    found = tell(int(code), example, headers.get("accept"))
    if found is None:
        return None
    applied = ", ".join(f"{name}={asked[name]}" for name in ("code", "example") if name in asked)
    fields = (*found.headers, ("preference-applied", applied))
    return Response(found.status, fields, found.body)


def _content(declared: Declared, example: str, accept: str | None) -> Content | None:
    """The content that the caller accepts, else the first; one that has the example goes first."""
    having = [each for each in declared.content if example in {e.name for e in each.examples}]
    contents = having or ([] if example else list(declared.content))
    if not contents:
        return None
    chosen = negotiate(accept, [each.media_type for each in contents])
    return next((each for each in contents if each.media_type == chosen), contents[0])
