"""Sequences that are described by `schema` alone, as before OpenAPI 3.2; and errors nobody told of."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server
from tests.behaviour.client.test_generated import opened
from tests.behaviour.client.test_headers import asgi_of

SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /watch:
    get:
      operationId: watchOrders
      tags: [orders]
      responses:
        "200":
          description: What happens.
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/Change'}}}
  /export:
    get:
      operationId: exportOrders
      tags: [orders]
      responses:
        "200":
          description: All.
          content:
            application/x-ndjson: {schema: {$ref: '#/components/schemas/Paid'}}
            application/jsonl: {schema: {type: array, items: {$ref: '#/components/schemas/Paid'}}}
            application/json-seq: {schema: {type: string}}
  /files:
    post:
      operationId: sendFile
      tags: [orders]
      requestBody:
        content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}
      responses: {"204": {description: Kept.}}
components:
  schemas:
    Change:
      oneOf: [{$ref: '#/components/schemas/Paid'}, {$ref: '#/components/schemas/Sent'}]
      discriminator: {propertyName: kind, mapping: {paid: '#/components/schemas/Paid', sent: '#/components/schemas/Sent'}}
    Paid: {type: object, required: [kind, amount], properties: {kind: {const: paid}, amount: {type: integer}}}
    Sent: {type: object, required: [kind], properties: {kind: {const: sent}, by: {type: string}}}
"""
LATER = SHOP.replace("3.1.0", "3.2.0").replace(
    "{schema: {$ref: '#/components/schemas/Change'}}",
    "{itemSchema: {type: object, required: [data], properties: {event: {type: string}, data:"
    " {type: string, contentMediaType: application/json, contentSchema:"
    " {$ref: '#/components/schemas/Change'}}}}}",
)
EVENTS = """\
data: {"kind":"paid","amount":3}

event: moved
id: 7
data: {"kind":"sent",
data: "by":"ship"}

data: {"kind":"lost"}

data: [DONE]

"""
TYPED = """\
from typing import assert_type

from {name} import Client, Event, models

orders = Client("http://x.test").orders
assert_type(orders.watch_orders(), list[Event[models.Change | str]])
with orders.with_streaming_response.watch_orders() as streamed:
    for event in streamed.items():
        assert_type(event.data, models.Change | str)
assert_type(orders.export_orders(accept="application/jsonl"), list[models.Paid])
assert_type(orders.export_orders(accept="application/json-seq"), bytes)
"""


@pytest.fixture(scope="module")
def shop(make: Make) -> Any:
    return make(SHOP)


def answering(shop: Any, request: str, status: int, media_type: str, body: Any) -> Any:
    return opened(shop, {request: (status, media_type, body)})[0].orders


def test_events_hold_what_the_schema_says_or_text(shop: Any) -> None:
    models, event = shop.models, shop.Event
    orders = answering(shop, "GET /watch", 200, "text/event-stream; charset=utf-8", EVENTS)
    found = orders.watch_orders()
    assert found == [
        event(data=models.Paid(amount=3)),
        event(data=models.Sent(by="ship"), event="moved", id="7"),
        event(data=models.UnknownChange(raw={"kind": "lost"}), id="7"),
        event(data="[DONE]", id="7"),
    ]
    with orders.with_streaming_response.watch_orders() as streamed:
        assert list(streamed.items()) == found
    assert orders.with_raw_response.watch_orders().parse() == found


def test_the_schema_of_the_data_is_what_events_hold(make: Make) -> None:
    shop = make(LATER)
    first, second, _, last = answering(
        shop, "GET /watch", 200, "text/event-stream", EVENTS
    ).watch_orders()
    assert (first, last) == (
        shop.Event(data=shop.models.Paid(amount=3)),
        shop.Event(data="[DONE]", id="7"),
    )
    assert (second.data, second.event) == (shop.models.Sent(by="ship"), "moved")
    assert "list[Event[models.Change | str]]" in Path(shop.orders.__file__).read_text()


def test_awaited_events_are_the_same(shop: Any) -> None:
    async def read() -> list[Any]:
        server = Server({"GET /watch": (200, "text/event-stream", EVENTS)})
        client = shop.AsyncClient(transport=asgi_of(shop).AsyncAsgiTransport(server))
        async with client, client.orders.with_streaming_response.watch_orders() as streamed:
            return [each.event async for each in streamed.items()]

    assert asyncio.run(read()) == ["message", "moved", "message", "message"]


def test_an_event_that_does_not_fit_is_named(shop: Any) -> None:
    body = 'data: {"kind":"paid","amount":3}\n\ndata: {"kind":"paid","amount":"3"}\n\n'
    orders = answering(shop, "GET /watch", 200, "text/event-stream", body)
    with pytest.raises(shop.errors.DecodeError, match=r"item 1: .*int") as caught:
        orders.watch_orders()
    assert caught.value.path == "$.amount"
    with orders.with_streaming_response.watch_orders() as streamed:
        found = streamed.items()
        assert next(found).data.amount == 3
        with pytest.raises(shop.errors.DecodeError) as caught:
            next(found)
    assert (caught.value.path, caught.value.request.method) == ("$.amount", "GET")


def test_lines_are_what_the_schema_or_its_items_say(shop: Any) -> None:
    body = '{"kind":"paid","amount":1}\n{"kind":"paid","amount":2}\n'
    for media_type in ("application/x-ndjson", "application/jsonl"):
        orders = answering(shop, "GET /export", 200, media_type, body)
        assert [each.amount for each in orders.export_orders(accept=media_type)] == [1, 2]
    orders = answering(shop, "GET /export", 200, "application/json-seq", '\x1e"a"\n')
    assert orders.export_orders(accept="application/json-seq") == b'\x1e"a"\n'


def test_type_checkers_know_events(shop: Any, tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(TYPED.format(name=shop.__name__))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "calls.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(shop.__file__).parent.parent), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_methods_without_a_summary_are_told_by_their_names(shop: Any) -> None:
    told = type(opened(shop, {})[0].orders).watch_orders.__doc__.split("\n\n")
    assert [each.strip() for each in told[:2]] == ["Watch orders.", "GET /watch"]


def test_bytes_in_a_form_are_a_file(shop: Any) -> None:
    client, server = opened(shop, {"POST /files": (204, "", None)})
    client.orders.send_file({"file": b"abc"})
    head = b'name="file"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n'
    assert head in server.asked[0].raw


@pytest.mark.parametrize(
    ("media_type", "body", "code", "detail"),
    [
        ("application/problem+json", {"title": "Gone", "detail": "Sold."}, None, "Sold."),
        (
            "application/json",
            {"error": "invalid_grant", "error_description": "x"},
            "invalid_grant",
            "x",
        ),
        (
            "application/json",
            {"error": {"code": 404, "message": "None such."}},
            "404",
            "None such.",
        ),
        ("application/json", {"errors": [{"code": "E1", "title": "Bad"}]}, "E1", "Bad"),
        ("application/json", {"error": "Not here"}, None, "Not here"),
        ("application/json", {"message": "", "code": True, "errors": []}, None, None),
        ("application/json", [1], None, None),
        ("text/plain", "Sold.\n", None, "Sold."),
        ("application/json", "no JSON", None, None),
    ],
)
def test_errors_say_what_their_bodies_widely_say(
    shop: Any, media_type: str, body: Any, code: str | None, detail: str | None
) -> None:
    orders = answering(shop, "GET /watch", 404, media_type, body)
    with pytest.raises(shop.errors.NotFound) as caught:
        orders.watch_orders()
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert " ".join(filter(None, ("404", code, detail))) in str(caught.value)


def test_errors_are_called_by_the_module_that_hands_them_out(shop: Any) -> None:
    for name in shop.errors.__all__:
        error = getattr(shop.errors, name)
        assert (error.__module__, pickle.loads(pickle.dumps(error))) == (
            shop.errors.__name__,
            error,
        )
    own = type("Own", (shop.errors.Error,), {"__module__": __name__})
    assert own.__module__ == __name__


def test_models_show_what_is_set(shop: Any) -> None:
    assert "by" not in repr(shop.models.Sent())
    assert repr(shop.models.Sent(by="ship")).endswith("by='ship')")
