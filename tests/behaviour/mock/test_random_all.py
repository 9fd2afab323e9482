"""Random calls of each committed description: declared statuses, valid bodies, untouched refusals.

Values come from the descriptions: keys and names that stand, declared examples, and broken ones.
Where a key is enough to sign in, every declared caller calls; elsewhere the server is open.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.api import Conform
from generator.api.exchange import Headers, Principal, Request, Response
from generator.api.model import Operation
from generator.mock import MockModel, model_for, principals_for, read_api
from generator.mock.values import is_object
from generator.wire import is_json

SPECS = sorted((Path(__file__).parents[3] / "spec").glob("*.yaml"))
VALUES = [
    "true",
    "false",
    "0",
    "1",
    "2",
    "-1",
    "2147483648",
    "yes",
    "acme",
    "org1",
    "",
    "é",
    "\x00",
]
MEMBERS: list[Any] = ["acme", "", None, 1, [], {}]
RAW = [b"", b"{", b"\xff", b'{"a":1,"a":2}', b"1e999", b"[]", b"null", b"{}", b'"text"']


@cache
def compiled(path: Path) -> MockModel:
    """The model of a committed description."""
    return model_for(read_api(path))


@cache
def segments(path: Path) -> list[str]:
    """What may stand in a path: keys and names that exist, and some that do not."""
    tables = compiled(path).start(0).tables.values()
    named = [
        [key, str(item.fields.get("name", ""))] for table in tables for key, item in table.items()
    ]
    known = sorted({text for pair in named for text in pair if text})
    return [*known[:12], "nowhere", "0" * 24, "%FF", "a b"]


@st.composite
def requests(draw: st.DrawFn, path: Path) -> tuple[Operation, Request]:
    """A call of an operation, sound or broken."""
    model = compiled(path)
    operation = draw(st.sampled_from(model.api.operations))
    target = model.api.servers[0].url.partition("://")[2].partition("/")[2].rstrip("/")
    target = (f"/{target}" if target else "") + operation.path
    query: dict[str, str] = {}
    for parameter in operation.parameters:
        if parameter.location == "path":
            value = quote(draw(st.sampled_from(segments(path))), safe="%")
            target = target.replace(f"{{{parameter.name}}}", value)
        elif parameter.location == "query" and draw(st.booleans()):
            query[parameter.name] = draw(st.sampled_from(VALUES))
    if query:
        target += f"?{urlencode(query, quote_via=quote)}"
    return operation, Request(operation.method, target, *draw(payloads(operation)))


@st.composite
def payloads(draw: st.DrawFn, operation: Operation) -> tuple[Headers, bytes]:
    """Header fields and a body: an example, one of its members changed, or broken text."""
    contents = operation.body.content if operation.body is not None else ()
    accept = draw(st.sampled_from(["*/*", "application/json", "text/html", _first(operation)]))
    headers: Headers = (("Accept", accept), ("Host", "h"))
    if not contents:
        return headers, b""
    content = contents[0]
    headers += (("Content-Type", content.media_type),)
    examples = [each.value for each in content.examples]
    if not examples or draw(st.booleans()):
        return headers, draw(st.sampled_from(RAW))
    changed = draw(st.booleans())
    value: Any = draw(st.sampled_from(examples))
    if is_object(value) and value and changed:
        name = draw(st.sampled_from(sorted(value)))
        value = {**value, name: draw(st.sampled_from(MEMBERS))}
    return headers, json.dumps(value).encode()


def keyed(model: MockModel, caller: Principal) -> bool:
    """Whether a caller signs in by a key in a header."""
    return model.api.security_schemes[caller.scheme].kind == "apiKey"


def signed(request: Request, caller: Principal) -> Request:
    """The request with the caller's key."""
    return replace(request, headers=(*request.headers, ("Authorization", caller.secret)))


def _first(operation: Operation) -> str:
    for response in operation.responses:
        if response.status.startswith("2") and response.content:
            return response.content[0].media_type
    return "*/*"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_sequence_is_answered_soundly(path: Path, data: st.DataObject) -> None:
    model = compiled(path)
    callers = [each for each in principals_for(model.api, 0) if keyed(model, each)]
    conform, state = Conform(model.api), model.start(0, callers)
    for operation, request in data.draw(st.lists(requests(path), min_size=1, max_size=10)):
        if callers:
            request = signed(request, data.draw(st.sampled_from(callers)))
        after, response, _ = model.step(state, request)
        assert response.status < 500
        if response.status >= 400:
            assert after is state
        judge(conform, model, operation, request, response)
        state = after


def judge(
    conform: Conform, model: MockModel, operation: Operation, request: Request, response: Response
) -> None:
    """The answer is one that the operation declares, or one that may come everywhere."""
    errors = model.api.behaviours.errors
    everywhere = errors.everywhere if errors is not None else []
    declared = operation.response(response.status)
    if declared is None:
        assert response.status in (404, *everywhere), (operation.name, request, response)
        return
    named = response.header("content-type")
    content = next((each for each in declared.content if each.media_type == named), None)
    if content is None or content.schema is None:
        assert not response.body, (operation.name, request, response)
        return
    text = response.body.decode()
    value = json.loads(text) if is_json(named) else text
    places = [content.schema] + (
        [content.enveloped] if "envelope=true" in request.target and content.enveloped else []
    )
    assert any(conform.valid(each, value, "response") for each in places), (request, value)
