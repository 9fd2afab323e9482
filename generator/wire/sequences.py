"""Bodies that are sequences: JSON lines, JSON text sequences and server-sent events.

In comes a value, out goes the body that says it. An array is its items; anything else is one item,
of an event its data. Nothing is refused. The media types are those of
https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types that hold JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

import msgspec

EVENT_STREAM = "text/event-stream"
_TEXT_SEQUENCE = "application/json-seq"
_LINES = ("application/jsonl", "application/ndjson", "application/x-jsonlines")
SEQUENCES = frozenset((*_LINES, "application/x-ndjson", _TEXT_SEQUENCE, EVENT_STREAM))
_encode = msgspec.json.Encoder().encode


def sequence(value: object, kind: str) -> bytes:
    """The body of one of these media types, which is in lower case and without parameters."""
    if kind == EVENT_STREAM:
        events = value if _is_array(value) else [{"data": value}]
        return b"".join(b"".join(_fields(event)) + b"\n" for event in events)
    items = value if _is_array(value) else [value]
    start = b"\x1e" if kind == _TEXT_SEQUENCE else b""
    return b"".join(b"%b%b\n" % (start, _encode(item)) for item in items)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _fields(event: object) -> Iterator[bytes]:
    """The lines of an event: https://html.spec.whatwg.org/#parsing-an-event-stream."""
    held = event if _is_object(event) else {"data": event}
    for name in ("event", "id", "retry", "data"):
        if name in held:
            said = held[name]
            text = said if isinstance(said, str) else _encode(said).decode()
            for line in text.splitlines() or [""]:
                yield f"{name}: {line}\n".encode()
