"""Arguments for the methods of a generated client, drawn from the description.

In: an operation and its planned method. Out: a call with everything that is required and nothing
else, each value one that its schema allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.api import Api, Operation, Parameter
from generator.compose.calling.instances import Instances
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
            body=None if body is ABSENT else body,
            has_body=body is not ABSENT,
            paged=method.paged,
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
        for value in self._values(schema):
            if parameter.location != "path" or _stands_in_path(value):
                return value
        return "lockstep"

    def _values(self, schema: Where) -> Iterator[object]:
        for number in range(_TRIES):
            value = self._instances.draw(schema, generator(self._seed, schema, "argument", number))
            if value is not ABSENT and value is not None:
                yield value

    def _body(self, operation: Operation) -> Any:
        content = sent(operation.body.content) if operation.body else None
        if operation.body is None or content is None or not operation.body.required:
            return ABSENT
        kind = essence(content.media_type)
        if not (is_json(kind) or kind in (FORM, MULTIPART)):
            return "lockstep"
        if content.schema is None:
            return {}
        wanted = is_object if kind in (FORM, MULTIPART) else _is_anything
        return next(filter(wanted, self._values(content.schema)), {})


def _is_anything(value: object) -> bool:
    return True


def _stands_in_path(value: object) -> bool:
    """Whether a value makes a segment of a path that is neither empty nor a dot (RFC 3986, 5.2.4).

    Structures are left to the styles that write them.
    """
    if is_array(value):
        return bool(value) and all(map(_stands_in_path, value))
    return not is_object(value) and str(value).strip() != "" and value not in _DOTS
