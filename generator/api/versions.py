"""An API as of a date: of media types that carry a date, the newest that is not later.

In: an Api and a date. Out: the Api in which no body has two versions of one media type, without the
operations that came later. Media types without a date stay, and so does everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from generator.api.behaviours import Behaviours
from generator.api.model import Api, Content, Operation

_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def later_operations(api: Api, date: str) -> list[Operation]:
    """The operations that came after a date: a body of theirs has later versions only."""
    return [each for each in api.operations if _is_later(each, date)]


def at_version(api: Api, date: str) -> Api:
    """The Api as it was on a date."""
    later = {each.where for each in later_operations(api, date)}
    kept = tuple(_at(each, date) for each in api.operations if each.where not in later)
    return replace(api, operations=kept, behaviours=_behaviours(api.behaviours, date))


def _at(operation: Operation, date: str) -> Operation:
    responses = tuple(
        replace(each, content=_newest(each.content, date)) for each in operation.responses
    )
    body = operation.body
    if body is not None:
        body = replace(body, content=_newest(body.content, date))
    return replace(operation, responses=responses, body=body)


def _newest(contents: tuple[Content, ...], date: str) -> tuple[Content, ...]:
    """Of each media type that carries a date the newest that is not later."""
    newest: dict[str, str] = {}
    for content in contents:
        found = _dated(content)
        if found is not None and found <= date:
            key = _undated(content)
            newest[key] = max(newest.get(key, ""), found)
    return tuple(
        each
        for each in contents
        if (found := _dated(each)) is None or found == newest.get(_undated(each))
    )


def _is_later(operation: Operation, date: str) -> bool:
    bodies = [each.content for each in operation.responses if each.status.startswith("2")]
    if operation.body is not None:
        bodies.append(operation.body.content)
    return any(_only_later(contents, date) for contents in bodies)


def _only_later(contents: Iterable[Content], date: str) -> bool:
    dates = [_dated(each) for each in contents]
    return bool(dates) and all(each is not None and each > date for each in dates)


def _dated(content: Content) -> str | None:
    found = _DATE.search(content.media_type)
    return found and found[0]


def _undated(content: Content) -> str:
    return _DATE.sub("", content.media_type)


def _behaviours(behaviours: Behaviours, date: str) -> Behaviours:
    """The behaviours with the version that was current then."""
    version = behaviours.version
    known = [each for each in version.known if each <= date] if version else []
    if version is None or not known:
        return behaviours
    current = replace(version, current=max(known))
    return replace(behaviours, version=current)
