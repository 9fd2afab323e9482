"""Arguments for the methods of a generated client, drawn from the description.

In: an operation and its planned method. Out: a call with everything that is required and nothing
else, each value one that its schema allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.api import Api, Operation, Parameter
from generator.compose.calling.instances import Drawn, Instances
from generator.compose.calling.job import Call
from generator.diagnostics import Where
from generator.mock.samples import generator
from generator.mock.values import ABSENT, is_array, is_object
from generator.plan import MethodView
from generator.plan.media import FORM, MULTIPART, essence, sent
from generator.wire import is_json

_TRIES = 24
_DOTS = (".", "..")


class Arguments:
    """Draws the arguments of calls of one Api."""

    def __init__(self, api: Api, seed: int) -> None:
        self._instances = Instances(api, "request", unlisted=False)
        self._seed = seed

    def call(self, operation: Operation, resource: str, method: MethodView) -> Call:
        """A call of an operation with all that it needs."""
        parameters = {(each.location, each.name): each for each in operation.parameters}
        arguments: dict[str, Any] = {}
        for each in method.arguments:
            if each.required and each.location != "body":
                parameter = parameters.get((each.location, each.wire))
                arguments[each.name] = self._value(parameter) if parameter else "lockstep"
        body = self._body(operation)
        return Call(
            operation=operation.name,
            resource=resource,
            method=method.name,
            arguments=arguments,
            body=None if body is None else _whole(body.value),
            has_body=body is not None,
            paged=method.paged,
            fits=body is None or body.listed,
        )

    def _value(self, parameter: Parameter) -> object:
        if parameter.behaviours.confirm is not None:
            return parameter.behaviours.confirm.value
        content = parameter.content
        if content is not None and not is_json(content.media_type):
            return "lockstep"
        schema = content.schema if content else parameter.schema
        if schema is None:
            return "lockstep"
        fits = _stands_in_path if parameter.location == "path" else _stands_in_line
        values = (_whole(each.value) for each in self._drawn(schema))
        return next(filter(fits, values), "lockstep")

    def _drawn(self, schema: Where) -> Iterator[Drawn]:
        """Values that are none of them null."""
        for number in range(_TRIES):
            drawn = self._instances.drawn(schema, generator(self._seed, schema, "argument", number))
            if drawn.value is not ABSENT and drawn.value is not None:
                yield drawn

    def _body(self, operation: Operation) -> Drawn | None:
        """A body where one must be sent; fields that the description does not list are no model."""
        content = sent(operation.body.content) if operation.body else None
        if operation.body is None or content is None or not operation.body.required:
            return None
        kind = essence(content.media_type)
        if not (is_json(kind) or kind in (FORM, MULTIPART)):
            return Drawn("lockstep", listed=False)
        none = Drawn({}, listed=False)
        if content.schema is None:
            return none
        is_form = kind in (FORM, MULTIPART)
        drawn = self._drawn(content.schema)
        return next((e for e in drawn if is_object(e.value) or not is_form), none)


def _whole(value: Any) -> Any:
    """The value with integers for numbers with a fraction of zero, as Python has them."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if is_object(value):
        return {name: _whole(member) for name, member in value.items()}
    return [_whole(each) for each in value] if is_array(value) else value


def _stands_in_line(value: object) -> bool:
    """Whether a value may be written in a header or a query."""
    return str(value).isprintable() and str(value).isascii()


def _stands_in_path(value: object) -> bool:
    """Whether a value makes a segment of a path that is neither empty nor a dot (RFC 3986, 5.2.4).

    Structures are left to the styles that write them.
    """
    if is_array(value):
        return bool(value) and all(map(_stands_in_path, value))
    return not is_object(value) and str(value).strip() != "" and value not in _DOTS
