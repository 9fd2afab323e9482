"""Whether it can be shown that nothing fits a schema, as where allOf asks for true and for false.

In: an Api, a direction and a schema. Out: true where it is shown, by types, listed values, required
fields and alternatives; false says nothing. Published descriptions have hundreds of these: an
error that is described as the success and the failure at once.
"""

from __future__ import annotations

from generator.api import Api, Conform, walk
from generator.api.jsonschema import Direction
from generator.diagnostics import Where

_DEEPEST = 6
_TYPES = frozenset(("object", "array", "string", "integer", "number", "boolean", "null"))


class Empty:
    """Shows that nothing fits schemas of one Api."""

    def __init__(self, api: Api, direction: Direction) -> None:
        self._api = api
        self._direction: Direction = direction
        self._conform = Conform(api)

    def of_objects(self, place: Where) -> bool:
        """Whether no object fits."""
        return self._is_empty(frozenset((place,)), frozenset(("object",)), 0)

    def of_all(self, place: Where) -> bool:
        """Whether nothing fits."""
        return self._is_empty(frozenset((place,)), _TYPES, 0)

    def _is_empty(self, places: frozenset[Where], kinds: frozenset[str], depth: int) -> bool:
        """Whether no value of these types fits all of the schemas."""
        parts = list(dict.fromkeys(part for each in places for part in walk.parts(self._api, each)))
        schemas = [self._api.schemas[part] for part in parts]
        for schema in schemas:
            kinds &= _widened(schema.types) or _TYPES
        if not kinds or any(schema.never for schema in schemas):
            return True
        if depth > _DEEPEST:
            return False
        listed = next((values for each in parts if (values := self._listed(each))), None)
        if listed is not None:
            return not any(self._fits(value, parts) for value in listed)
        if kinds == {"object"} and self._lacks_a_field(parts, depth):
            return True
        return self._has_no_branch(parts, kinds, depth)

    def _listed(self, place: Where) -> list[object]:
        schema = self._api.schemas[place]
        return [schema.keywords["const"]] if "const" in schema.keywords else list(schema.enum or ())

    def _fits(self, value: object, parts: list[Where]) -> bool:
        return all(self._conform.valid(part, value, self._direction) for part in parts)

    def _lacks_a_field(self, parts: list[Where], depth: int) -> bool:
        """Whether a field is required for which there is no value."""
        for name in sorted({name for part in parts for name in self._api.schemas[part].required}):
            said = frozenset(
                place
                for part in parts
                if (place := self._api.schemas[part].properties.get(name)) is not None
            )
            hidden = any(self._is_hidden(each) for each in said)
            if said and not hidden and self._is_empty(said, _TYPES, depth + 1):
                return True
        return False

    def _is_hidden(self, place: Where) -> bool:
        name = "writeOnly" if self._direction == "response" else "readOnly"
        return walk.keyword(self._api, place, name) is True

    def _has_no_branch(self, parts: list[Where], kinds: frozenset[str], depth: int) -> bool:
        """Whether all alternatives of one of the schemas are empty beside the others."""
        for part in parts:
            for keyword in ("oneOf", "anyOf"):
                branches = self._api.schemas[part].many(keyword)
                beside = frozenset(parts)
                if branches and all(
                    each not in beside and self._is_empty(beside | {each}, kinds, depth + 1)
                    for each in branches
                ):
                    return True
        return False


def _widened(types: frozenset[str]) -> frozenset[str]:
    """Types with what else is of them: whole numbers are numbers."""
    return types | {"integer"} if "number" in types else types
