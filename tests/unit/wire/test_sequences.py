"""Bodies that are sequences, as a server writes them; the runtime reads them again."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime.sequences import events, items
from generator.wire.sequences import EVENT_STREAM, SEQUENCES, sequence


@pytest.mark.parametrize(
    ("value", "kind", "body"),
    [
        ({"a": 1}, "application/jsonl", b'{"a":1}\n'),
        ([1, "b"], "application/x-ndjson", b'1\n"b"\n'),
        ([], "application/ndjson", b""),
        ([1, 2], "application/json-seq", b"\x1e1\n\x1e2\n"),
        ({"a": 1}, EVENT_STREAM, b'data: {"a":1}\n\n'),
        (
            [{"data": "a\nb", "event": "x", "retry": 5}],
            EVENT_STREAM,
            b"event: x\nretry: 5\ndata: a\ndata: b\n\n",
        ),
        ([{"data": "", "id": "1"}, 7], EVENT_STREAM, b"id: 1\ndata: \n\ndata: 7\n\n"),
    ],
)
def test_a_value_as_the_body_that_says_it(value: Any, kind: str, body: bytes) -> None:
    assert sequence(value, kind) == body


@pytest.mark.parametrize("kind", sorted(SEQUENCES - {EVENT_STREAM}))
def test_what_is_written_is_read_again(kind: str) -> None:
    assert list(items(sequence([{"a": "\n"}, None], kind), kind)) == [b'{"a":"\\n"}', b"null"]


def test_events_are_read_again() -> None:
    found = list(events(sequence([{"data": "a\n\nb", "id": "1"}, {"data": "c"}], EVENT_STREAM)))
    assert [(each.data, each.id) for each in found] == [("a\n\nb", "1"), ("c", "1")]
