"""Where nothing is declared the mock keeps what it is given, and never answers an invalid body."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.api.conform import Conform
from generator.api.exchange import Request
from generator.mock import model_for
from generator.mock.answering.determined import UNSURE
from tests.described import api_of
from tests.unit.api.test_infer import API, BODY, THINGS
from tests.unit.mock.shop import Caller, caller, value

STRICT = API.replace(
    "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}",
    "requestBody: {content: {application/json: {schema: {type: object, properties: {id: {}, name: {}, more: {}}}}}}",
).replace(
    "name: {type: string}}", "name: {enum: [a, b]}, more: {const: 1}}, additionalProperties: false"
)


@pytest.fixture(name="call")
def _call() -> Caller:
    return caller(API)


def test_one_of_each_stands_at_the_start(call: Caller) -> None:
    (one,) = value(call("GET", "/things"))
    assert value(call("GET", f"/things/{one['id']}")) == one
    part = next(iter(call.state.table(("parts", one["id"]))))
    assert call("GET", f"/things/{one['id']}/parts/{part}").status == 200


def test_what_is_made_is_kept_changed_and_gone(call: Caller) -> None:
    made = value(call("POST", "/things", {"name": "n", "unknown": 1}))
    assert set(made) == {"id", "name"}
    own = f"/things/{made['id']}"
    assert len(value(call("GET", "/things"))) == 2
    assert value(call("PATCH", own, {"name": "m"}))["name"] == "m"
    assert value(call("PUT", own, {"name": "o"})) == {"id": made["id"], "name": "o"}
    assert value(call("PUT", f"{own}/parts/p", {"name": "q"}))["id"] == "p"
    assert call("DELETE", own).status == 204
    assert call("GET", own).status == 404
    assert call("GET", f"{own}/parts/p").status == 404


def test_nothing_of_it_is_decided(call: Caller) -> None:
    for target in ("/things", "/things/nowhere"):
        assert call.model.step(call.state, Request("GET", target))[2] is UNSURE


def test_keys_of_what_is_made_correspond(call: Caller) -> None:
    sent = Request("POST", "/things", (("Content-Type", "application/json"),), b'{"name": "n"}')
    decided = call.model.step(call.state, sent)[2]
    assert not decided.status
    assert decided.fields == decided.opaque == {"/id"}


def test_without_inference_what_is_shown_is_shown() -> None:
    plain = Caller(model_for(api_of(API), inferring=False))
    assert plain("GET", "/things/nowhere").status == 200


members: st.SearchStrategy[dict[str, object]] = st.dictionaries(
    st.sampled_from(["id", "name", "more", "other"]),
    st.sampled_from(["a", "b", "z", 1, 2, None, [], {}, "nowhere"]),
    max_size=4,
)
calls = st.tuples(
    st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    st.sampled_from(["/things", "/things/nowhere", "/things/1", "/things/nowhere/parts/a"]),
    members,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(calls, max_size=8))
def test_no_body_is_ever_invalid(drawn: list[tuple[str, str, dict[str, object]]]) -> None:
    model, conform = MODEL, Conform(MODEL.api)
    call = Caller(model)
    for method, target, body in drawn:
        answer = call(method, target, body if method not in ("GET", "DELETE") else None)
        assert answer.status < 500
        if 200 <= answer.status < 300 and answer.body:
            found = model.api.operation({"GET": "read", "POST": "make"}.get(method, "replace"))
            listing = target == "/things" and method == "GET"
            found = model.api.operation("list") if listing else found
            assert found is not None
            declared = found.response(answer.status) or found.response(200)
            assert declared is not None
            schema = declared.content[0].schema
            assert schema is not None
            assert not conform.errors(schema, json.loads(answer.body), "response")


MODEL = model_for(api_of(STRICT))


@pytest.mark.parametrize(
    ("documented", "status"),
    [(("422",), 422), (("400", "422"), 400), ((), 400), (("default",), 400)],
)
def test_what_is_wrong_gets_the_status_that_is_documented(
    documented: tuple[str, ...], status: int
) -> None:
    told = "".join(f', "{each}": {{description: x}}' for each in documented)
    listing = f'get: {{operationId: list, responses: {{"200": {THINGS}'
    assert listing in API
    size = "parameters: [{name: size, in: query, schema: {type: integer}}]"
    asking = listing.replace("responses", f"{size}, responses")
    call = caller(API.replace(listing, asking + told))
    assert call("GET", "/things?size=few").status == status


def test_a_call_without_a_body_makes_a_thing() -> None:
    call = caller(API.replace(f"operationId: make, {BODY}", "operationId: make"))
    made = value(call("POST", "/things"))
    assert value(call("GET", f"/things/{made['id']}")) == made
    assert len(value(call("GET", "/things"))) == 2


def test_of_what_nothing_is_declared_of_nothing_is_decided() -> None:
    plain = caller(
        'paths: {/ping: {get: {operationId: ping, responses: {"200": {description: x}}}}}'
    )
    assert plain.model.step(plain.state, Request("GET", "/ping"))[2] is UNSURE


def test_what_is_required_and_no_property_is_kept_and_made() -> None:
    call = caller(API.replace("required: [id]", "required: [id, kind]"))
    assert value(call("POST", "/things", {"kind": "k"}))["kind"] == "k"
    assert "kind" in value(call("GET", "/things"))[0]
