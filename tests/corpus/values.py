"""A generated package as far as values go in and out of it: its types, and what becomes of a value.

In: an Api, and the package that was planned and written for it. Out: goals, each a type with its
schema, and how a value that was decoded and encoded differs from what it was.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.api import Api
from generator.api.jsonschema import Direction
from generator.diagnostics import Diagnostics, Where
from generator.plan import Package
from generator.plan.answers import read_places
from generator.plan.arguments import write_places
from generator.plan.names import Names
from generator.plan.reach import Reach
from generator.plan.shapes import Shapes
from generator.wire import is_json

_VARIANT = re.compile(r" \((?:class|request)\)$")
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Goal:
    """A type of a client, the schema that it is made of, and which way its values go."""

    kind: Any
    place: Where
    label: str
    direction: Direction

    @property
    def is_record(self) -> bool:
        """Whether it is a class of the models module."""
        return self.label.startswith("models.")


class Client:
    """A generated package, as far as values go in and out of it."""

    def __init__(self, name: str) -> None:
        self._models = importlib.import_module(f"{name}.models")
        self._name = name
        self._runtime = {
            part: importlib.import_module(f"{name}._runtime.{part}")
            for part in ("body", "decode", "messages", "operation")
        }
        self._body = self._runtime["operation"].Body("application/json", extra=True)

    def records(self, api: Api, package: Package) -> Iterator[Goal]:
        """Every class of the models module with its schema."""
        table = Names({}, Diagnostics(), api.where)
        places = {table.key(place) or "#": place for place in api.schemas}
        shapes = Shapes(api)
        reach = Reach(shapes, read_places(api), write_places(api, shapes))
        written_only = reach.write.keys() - reach.read.keys()
        for key, name in package.names.items():
            place = places.get(_VARIANT.sub("", key))
            kind = getattr(self._models, name, None)
            if place is None or not _is_model(kind):
                continue
            if key.endswith(")") or api.schemas[place].name:
                request = key.endswith(" (request)")
                written = request or (
                    f"{key} (request)" not in package.names and place in written_only
                )
                yield Goal(kind, place, f"models.{name}", "request" if written else "response")

    def answers(self, api: Api, package: Package) -> Iterator[Goal]:
        """Every JSON answer that is no bare record, each schema once."""
        seen: set[Where] = set()
        for resource in package.resources:
            module = importlib.import_module(f"{self._name}.{resource.module}")
            for fact in vars(module).values():
                if isinstance(fact, self._runtime["operation"].Operation):
                    for each in _answered(api, fact, resource.module):
                        if each.place not in seen:
                            seen.add(each.place)
                            yield each

    def fault(self, kind: Any, value: Any) -> str:
        """How what came back differs from what was sent; nothing where it does not."""
        text = json.dumps(value)
        try:
            answer = self._runtime["messages"].Response(200, _no_headers(self), text.encode())
            decoded = self._runtime["decode"].decode_json(answer, kind)
            _, encoded = self._runtime["body"].encode_body(self._body, "application/json", decoded)
        except Exception as error:
            return f"{type(error).__name__}: {error}; of {text[:_SHOWN]}"
        back = json.loads(encoded)
        if equal(value, back):
            return ""
        return f"{_difference(value, back)}; of {text[:_SHOWN]}"


def _answered(api: Api, fact: Any, module: str) -> Iterator[Goal]:
    """The JSON answers of one operation with their schemas."""
    operation = api.operation(fact.id)
    assert operation is not None
    for answer in fact.responses:
        if _is_model(answer.type) or not is_json(answer.media_type):
            continue
        for response in operation.responses:
            for content in response.content if response.status == answer.status else ():
                if content.media_type == answer.media_type and content.schema is not None:
                    yield Goal(answer.type, content.schema, f"{module} {answer.status}", "response")


def _is_model(kind: Any) -> bool:
    """Whether a type is a class of fields, of msgspec's or of pydantic's making."""
    return hasattr(kind, "__struct_fields__") or hasattr(kind, "model_fields")


def _no_headers(client: Client) -> Any:
    return client._runtime["messages"].Headers([])


def equal(one: Any, other: Any) -> bool:
    """Equality of JSON: numbers by value, true and 1 apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _difference(one: Any, other: Any, at: str = "$") -> str:
    """The first place where two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            if name not in one or name not in other:
                return f"{at}.{name} is {'added' if name in other else 'lost'}"
            if not equal(one[name], other[name]):
                return _difference(one[name], other[name], f"{at}.{name}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            if not equal(left, right):
                return _difference(left, right, f"{at}[{number}]")
    return f"{at} was {json.dumps(one)[:80]}, is {json.dumps(other)[:80]}"
