# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Bodies that are sequences: JSON lines, JSON text sequences and server-sent events.

In comes a whole body, out go the JSON texts of its items; those of events are objects with what
they hold. A line that does not end, and text that is not UTF-8, are a ValueError. Media types are
those of https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types that hold JSON.
"""

from collections.abc import Iterator

from .json_text import json_text
from .lines import Event, Events, Lines

EVENT_STREAM = "text/event-stream"
_TEXT_SEQUENCE = "application/json-seq"
_LINES = frozenset(
    (
        "application/jsonl",
        "application/ndjson",
        "application/x-jsonlines",
        "application/x-ndjson",
    )
)
_SEPARATOR = b"\x1e"


def is_sequence_of_json(media_type: str) -> bool:
    """Whether a body is JSON texts, one after the other."""
    return media_type in _LINES or media_type == _TEXT_SEQUENCE


def items(body: bytes, media_type: str) -> Iterator[bytes]:
    """The JSON texts of a body; an event is the text of an object with what it holds."""
    if media_type == EVENT_STREAM:
        yield from map(text_of_event, events(body))
    else:
        between = _SEPARATOR if media_type == _TEXT_SEQUENCE else b"\n"
        yield from (text for each in body.split(between) if (text := each.strip()))


def text_of(line: bytes) -> bytes:
    """The JSON text of a line, empty where there is none."""
    return line.strip().removeprefix(_SEPARATOR).strip()


def text_of_event(event: Event[str]) -> bytes:
    """What an event holds as the JSON text of an object."""
    named = {} if event.event == "message" else {"event": event.event}
    more = {"id": event.id, "retry": event.retry}
    held = {name: value for name, value in more.items() if value is not None}
    return json_text({"data": event.data, **named, **held})


def events(body: bytes) -> Iterator[Event[str]]:
    """The server-sent events of a body, their data as text."""
    building, cutting = Events(), Lines(bare_returns=True)
    for line in (*cutting.feed(body), *cutting.end()):
        found = building.feed(line.decode())
        if found is not None:
            yield found


def written(items: list[bytes], media_type: str) -> bytes:
    """A body of JSON texts."""
    start = _SEPARATOR if media_type == _TEXT_SEQUENCE else b""
    return b"".join(b"%b%b\n" % (start, item) for item in items)
