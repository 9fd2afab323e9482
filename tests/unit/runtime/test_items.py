"""Items of a streamed response, one by one as they come, as the plain call gives them."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime import Answer, DecodeError, Event
from tests.unit.runtime.conftest import MakeWorld, World
from tests.unit.runtime.facts import Thing, get
from tests.unit.runtime.probe import answer

A, B = Thing(name="a"), Thing(name="b")
LINES = "application/jsonl"
RECORDS = "application/json-seq"
EVENTS = "text/event-stream"
MIXED = "multipart/mixed"
BODIES: dict[str, tuple[str, Any, bytes, list[Any]]] = {
    "lines": (LINES, Thing, b'{"name":"a"}\r\n\n{"name":"b"}', [A, B]),
    "records": (RECORDS, Thing, b'\x1e{"name":"a"}\n\x1e{"name":"b"}\n', [A, B]),
    "events": (
        EVENTS,
        Event[Thing],
        b'event: made\ndata: {"name":"a"}\n\ndata: [DONE]\n\n',
        [Event(data=A, event="made"), Event(data="[DONE]")],
    ),
    "events as objects": (
        EVENTS,
        dict[str, Any],
        b"id: 1\ndata: x\n\n",
        [{"data": "x", "id": "1"}],
    ),
    "parts": (
        MIXED,
        Thing,
        b'--x\r\ncontent-type: application/json\r\n\r\n{"name":"a"}\r\n--x--',
        [A],
    ),
}
BROKEN: dict[str, tuple[str, Any, bytes, str]] = {
    "a line that does not fit": (LINES, Thing, b'{"name":1}', r"\$\.name"),
    "an event that does not fit": (EVENTS, Event[Thing], b'data: {"name":1}\n\n', r"\$\.name"),
    "a part that does not end": (MIXED, Thing, b"--x\r\n\r\n", "does not end"),
    "a part that does not fit": (
        MIXED,
        Thing,
        b'--x\r\ncontent-type: application/json\r\n\r\n{"name":1}\r\n--x--',
        r"\$\.name",
    ),
}


def items(make: MakeWorld, media_type: str, item: Any, body: bytes) -> tuple[World, list[Any]]:
    """The items of a body that a server sends in one piece."""
    operation = get(responses=(Answer("200", media_type, list[item]),))
    world = make(lambda r: answer(200, body, content_type=f"{media_type}; boundary=x"))
    if world.blocking:
        with world.caller.stream(operation, {}) as response:
            return world, list(response.items())

    async def gather() -> list[Any]:
        async with await world.caller.stream(operation, {}) as response:
            return [each async for each in response.items()]

    return world, world.run(gather())


@pytest.mark.parametrize("kind", BODIES)
def test_items_are_those_of_the_plain_call(make_world: MakeWorld, kind: str) -> None:
    media_type, item, body, found = BODIES[kind]
    world, seen = items(make_world, media_type, item, body)
    assert seen == found
    operation = get(responses=(Answer("200", media_type, list[item]),))
    assert world.call(operation) == found


@pytest.mark.parametrize("kind", BROKEN)
def test_an_item_that_does_not_fit_says_which_call_it_was(make_world: MakeWorld, kind: str) -> None:
    media_type, item, body, said = BROKEN[kind]
    with pytest.raises(DecodeError, match=said) as caught:
        items(make_world, media_type, item, body)
    assert caught.value.request is not None
    assert "curl -X GET" in str(caught.value)
