"""Whatever is sent, in whatever order: no 5xx, declared statuses, valid bodies, untouched refusals.

Calls are drawn from the description: its operations, known and unknown keys, sound and broken
values. The hunt is short; `--hypothesis-seed` or more examples make it another or a longer one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.api import Api
from generator.api.conform import Conform
from generator.api.exchange import Request, Response
from generator.api.model import Content, Operation
from generator.mock import MockModel, State
from generator.mock.values import is_object
from tests.behaviour.mock.atlas import VERSIONED

ORG_IDS = [f"4888442a3354817a7320eb6{digit}" for digit in "123"]
INVITES = ["32b6e34b3d91647abb20e7b8", "32b6e34b3d91647abb20e7b9"]
VALUES = [
    "true",
    "false",
    "1",
    "0",
    "2",
    "500",
    "501",
    "-1",
    "org1",
    "",
    "é",
    "cleo@example.com",
    "\x00",
]
BODIES: list[Any] = [
    {"name": "acme"},
    {
        "name": "Überblick_2",
        "orgOwnerId": ORG_IDS[0],
        "apiKey": {"desc": "d", "roles": ["ORG_OWNER"]},
    },
    {"name": "has space"},
    {"username": "cleo@example.com", "roles": ["ORG_OWNER"]},
    {"username": "eve@example.com", "roles": ["ORG_MEMBER", "ORG_READ_ONLY"], "teamIds": []},
    {"roles": ["ORG_READ_ONLY"]},
    {"roles": ["NOBODY"]},
    {"multiFactorAuthRequired": True, "operationsContact": None},
    {"securityContact": "", "restrictEmployeeAccess": None},
    {"id": ORG_IDS[0]},
    {},
    [],
    None,
    "text",
]
RAW = [b"", b"{", b"\xff\xfe", b'{"a":1,"a":2}', b"1e999", b"[" * 2000]
ACCEPTS = [VERSIONED, "*/*", "application/json", "text/html;q=0.5", "", "application/*;q=0"]

bodies = st.sampled_from(BODIES).map(json.dumps).map(str.encode) | st.sampled_from(RAW)
segments = st.sampled_from([*ORG_IDS, *INVITES, "0" * 24, "nowhere", "%FF", "%2F"])
queries = st.dictionaries(
    st.sampled_from(["envelope", "pretty", "name", "username", "pageNum", "itemsPerPage", "x"]),
    st.sampled_from(VALUES),
    max_size=3,
)
headers = st.tuples(
    st.tuples(st.just("Accept"), st.sampled_from(ACCEPTS)),
    st.tuples(st.just("Content-Type"), st.sampled_from([VERSIONED, "application/json", "x"])),
    st.tuples(st.just("Host"), st.sampled_from(["h", 'evil" host', ""])),
)


@st.composite
def requests(draw: st.DrawFn, api: Api) -> tuple[Operation, Request]:
    """A call of an operation, sound or broken."""
    operation = draw(st.sampled_from(api.operations))
    path = operation.path
    for name in ("orgId", "invitationId"):
        path = path.replace(f"{{{name}}}", draw(segments))
    query = urlencode(draw(queries), quote_via=quote)
    body = draw(bodies) if operation.body is not None else b""
    target = f"{path}?{query}" if query else path
    return operation, Request(operation.method, target, draw(headers), body)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_sequence_is_answered_soundly(data: st.DataObject, api: Api, model: MockModel) -> None:
    conform = Conform(api)
    state = model.start(0)
    for operation, request in data.draw(st.lists(requests(api), min_size=1, max_size=12)):
        after, response, _ = model.step(state, request)
        assert response.status < 500
        if response.status >= 400:
            assert after is state
        _judge(conform, operation, request, response)
        state = after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_step_is_a_function(data: st.DataObject, api: Api, model: MockModel) -> None:
    state = model.start(0)
    for _, request in data.draw(st.lists(requests(api), min_size=1, max_size=6)):
        kept = _copy(state)
        first = model.step(state, request)
        assert model.step(state, request) == first
        assert _copy(state) == kept
        state = first[0]


def test_the_bytes_do_not_depend_on_the_process() -> None:
    program = (
        "from tests.behaviour.mock.atlas import *\n"
        "from generator.mock import model_for\n"
        "from tests.unit.mock.shop import Caller\n"
        "call = Caller(model_for(read_api()))\n"
        "call('POST', ORGS, {'name': 'n', 'apiKey': {'desc': 'd'}}, headers=ASKING)\n"
        "wish = {'username': 'a@b.cd', 'roles': []}\n"
        "print(call('POST', ORG + '/invites', wish, headers=ASKING))\n"
        "print(call.state)\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
            timeout=300,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def _judge(conform: Conform, operation: Operation, request: Request, response: Response) -> None:
    """The answer is one that the operation declares."""
    if response.status == 404 and operation.response(404) is None:
        return
    declared = operation.response(response.status)
    assert declared is not None, (operation.name, response)
    if not declared.content:
        assert response.body == b""
        return
    content = next(
        each for each in declared.content if each.media_type == response.header("content-type")
    )
    schema = content.schema
    value = json.loads(response.body)
    if content.enveloped is not None and _wrapped(request, content, value):
        schema = content.enveloped
        assert value["status"] == response.status
    assert schema is not None
    assert not conform.errors(schema, value, "response"), (operation.name, value)


def _wrapped(request: Request, content: Content, value: Any) -> bool:
    return "envelope=true" in request.target and is_object(value) and "content" in value


def _copy(state: State) -> dict[Any, Any]:
    return {
        path: {key: repr(item) for key, item in table.items()}
        for path, table in state.tables.items()
    }
