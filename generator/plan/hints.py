"""What to call a schema that has no name: a hint made from where it stands.

The hint depends on the place alone, never on which operation led there first, so an operation that
is added renames nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from pathlib import PurePosixPath

from generator.api import Api
from generator.diagnostics import Where
from generator.plan.alternatives import Alternatives
from generator.plan.names import pascal, singular, words

_KINDS = {
    "parameters": "",
    "responses": "Response",
    "requestBodies": "Request",
    "headers": "Header",
}
_SCHEMAS = ("$defs", "definitions")
_BELOW_SCHEMAS = frozenset(
    "additionalProperties allOf anyOf contains content dependentSchemas else if items not oneOf"
    " patternProperties prefixItems properties propertyNames then unevaluatedProperties".split()
)


class Hints:
    """Hints for the schemas of one Api; `methods` are the names planned for operations."""

    def __init__(self, api: Api, methods: Mapping[Where, str]) -> None:
        self._api = api
        self._alternatives = Alternatives(api)
        self._operations = {where.pointer: pascal(name) for where, name in methods.items()}
        self._parameters = {
            parameter.where.pointer: pascal(parameter.name)
            for operation in api.operations
            for parameter in operation.parameters
        }

    def of(self, place: Where) -> str:
        """A class name for the schema at a place."""
        name = self._api.schema(place).name
        if name:
            return pascal(name)
        tokens = list(place.tokens())
        start = self._start(place, tokens)
        return pascal(start + self._rest(place, start, tokens)) or "Value"

    def _start(self, place: Where, tokens: list[str]) -> str:
        """The part that names the owner; its tokens are taken off the list."""
        if tokens[:1] == ["components"] and len(tokens) > 2:
            kind, name = tokens[1:3]
            del tokens[:3]
            return pascal(name) + _KINDS.get(kind, "")
        if tokens[:1] in (["paths"], ["webhooks"]) and len(tokens) > 2:
            return self._start_in_paths(place, tokens)
        if len(tokens) > 1 and tokens[0] in _KINDS:
            kind, name = tokens[:2]
            del tokens[:2]
            return pascal(name) + _KINDS[kind]
        if tokens[:1] and tokens[0] in _SCHEMAS:
            name = tokens[1]
            del tokens[:2]
            return pascal(name)
        if place.document != self._api.where.document:
            return self._start_elsewhere(place, tokens)
        return ""

    def _start_elsewhere(self, place: Where, tokens: list[str]) -> str:
        """What a file that is no description calls a schema, else what the file is called."""
        if tokens and tokens[0] not in _BELOW_SCHEMAS:
            return pascal(tokens.pop(0))
        return pascal(PurePosixPath(place.document).name.partition(".")[0])

    def _start_in_paths(self, place: Where, tokens: list[str]) -> str:
        length, operation = self._owner(place, tokens)
        start = self._operations.get(operation, "")
        del tokens[: length if start else 2]
        if tokens[:1] == ["requestBody"] or tokens == ["parameters"]:
            del tokens[0]
            return start + "Request"
        if tokens[:1] == ["responses"] and len(tokens) > 1:
            status = tokens[1] if tokens[1] not in ("200", "201", "202") else ""
            del tokens[:2]
            return start + "Response" + pascal(status).removeprefix("Value")
        if tokens[:1] == ["parameters"] and len(tokens) > 1:
            owner = f"{operation}/parameters/{tokens[1]}"
            shared = owner if start else f"{operation}/{tokens[1]}"
            del tokens[:2]
            return start + self._parameters.get(owner, self._parameters.get(shared, "Parameter"))
        return start

    def _owner(self, place: Where, tokens: list[str]) -> tuple[int, str]:
        """The pointer of the operation that a place belongs to, that of a callback first.

        `/paths/PATH/METHOD/callbacks/NAME/EXPRESSION/METHOD` is that of a callback.
        """
        if tokens[2:3] == ["additionalOperations"]:
            return 4, Where(place.document).at(*tokens[:4]).pointer
        callback = Where(place.document).at(*tokens[:7]).pointer
        if callback in self._operations:
            return 7, callback
        return 3, Where(place.document).at(*tokens[:3]).pointer

    def _rest(self, place: Where, start: str, tokens: list[str]) -> str:
        """The part below the owner."""
        above = list(place.tokens())[: -len(tokens) or None]
        text = ""
        index = 0
        while index < len(tokens):
            token = tokens[index]
            following = tokens[index + 1] if index + 1 < len(tokens) else ""
            if token in ("properties", "patternProperties", "dependentSchemas"):
                text += pascal(following)
                index += 1
            elif token in ("oneOf", "anyOf") and following.isdecimal():
                union = Where(place.document).at(*above, *tokens[:index])
                name = self._alternatives.name(union, token, int(following))
                text += _not_said(start + text, name)
                index += 1
            elif token == "prefixItems":
                text += f"Item{int(following) + 1}" if following.isdecimal() else ""
                index += 1
            elif token in ("allOf", "content", *_SCHEMAS):
                text += pascal(following) if token in _SCHEMAS else ""
                index += 1
            elif token == "items":
                text = singular(text) if text else "Item"
            elif token == "additionalProperties":
                text += "Value"
            index += 1
        return text


def _not_said(before: str, name: str) -> str:
    """A name without the words that it begins with as what stands before it does."""
    pairs = takewhile(
        lambda pair: pair[0] == pair[1], zip(words(name), words(before), strict=False)
    )
    return "".join(words(name)[len(list(pairs)) :]) or name
