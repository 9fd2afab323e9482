"""Whether a value conforms to a schema, judged by jsonschema-rs, with places in the description.

In: an Api, the place of a schema, a value, and its direction. A request may not carry read-only
properties and need not have them; a response need not have write-only ones. Formats that have one
meaning everywhere are asserted; a pattern is read as ECMA-262 does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any, Literal

import jsonschema_rs
from msgspec import Struct

from generator.api.counted import counted_first
from generator.api.jsonschema import Direction, json_schema
from generator.api.model import Api
from generator.diagnostics import Where
from generator.diagnostics.where import escape

__all__ = ["Conform", "Direction", "Violation"]

_LISTED = 20
_AT_FAULT = 100


class Violation(Struct, frozen=True):
    """One keyword that a value breaks: the pointer into the value, and where it is declared."""

    kind: str
    instance: str
    where: Where
    message: str
    name: str = ""


class Conform:
    """Validators of one Api, compiled when first asked for."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._compiled: dict[tuple[Where, Direction], tuple[Any, list[Where]]] = {}
        self._patterns: dict[str, str] = {}

    def valid(self, schema: Where, value: object, direction: Direction) -> bool:
        """Whether the value conforms."""
        validator, _ = self._validator(schema, direction)
        try:
            return bool(validator.is_valid(value))
        except UnicodeEncodeError:
            return bool(validator.is_valid(_whole_characters(value)))

    def judge(self, schema: Where, direction: Direction) -> Callable[[object], bool]:
        """The function that says whether values conform to one schema."""
        validator = cache(lambda: self._validator(schema, direction)[0])

        def fits(value: object) -> bool:
            try:
                return bool(validator().is_valid(value))
            except UnicodeEncodeError:
                return self.valid(schema, value, direction)

        return fits

    def errors(self, schema: Where, value: object, direction: Direction) -> list[Violation]:
        """What the value breaks, in the order found, at most twenty."""
        validator, places = self._validator(schema, direction)
        try:
            errors = iter(validator.iter_errors(value))
        except UnicodeEncodeError:
            errors = iter(validator.iter_errors(_whole_characters(value)))
        meant = (_meant(error) for error in islice(errors, _LISTED))
        return [_violation(error, places, self._patterns) for error in meant]

    def json_schema(self, schema: Where, direction: Direction) -> dict[str, Any]:
        """The schema as one self-contained JSON Schema 2020-12."""
        return json_schema(self._api, schema, direction)[0]

    def _validator(self, schema: Where, direction: Direction) -> tuple[Any, list[Where]]:
        key = (schema, direction)
        if key not in self._compiled:
            document, places = json_schema(self._api, schema, direction)
            self._quicken(document)
            self._compiled[key] = (_compiled(document), places)
        return self._compiled[key]

    def _quicken(self, document: dict[str, Any]) -> None:
        nodes: Iterable[dict[str, Any] | bool] = document["$defs"].values()
        for node in nodes:
            if isinstance(node, bool):
                continue
            told: Any = node.get("pattern")
            if isinstance(told, str) and (quick := counted_first(told)) != told:
                node["pattern"], self._patterns[quick] = quick, told


def _whole_characters(value: object) -> object:
    """The value with ? for each half of a character, which the validator cannot take."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _compiled(document: dict[str, Any]) -> Any:
    """The validator; keywords that are themselves at fault are left out, one after another."""
    for _ in range(_AT_FAULT):
        try:
            return jsonschema_rs.Draft202012Validator(document, validate_formats=True, mask="value")
        except jsonschema_rs.ValidationError as error:
            _, number, keyword, *_ = [*error.instance_path, *("", "", "")]
            document["$defs"].get(str(number), {}).pop(keyword, None)
    return jsonschema_rs.Draft202012Validator(True)


def _meant(error: Any) -> Any:
    """The first error of the one alternative whose type the value has, else the error itself."""
    branches: list[list[Any]] = error.kind.as_dict().get("context", [])
    at = list(error.instance_path)
    near = [each for each in branches if not any(_of_another_type(one, at) for one in each)]
    return _meant(near[0][0]) if len(near) == 1 and near[0] else error


def _of_another_type(error: Any, at: list[str | int]) -> bool:
    return error.kind.name == "type" and list(error.instance_path) == at


def _violation(error: Any, places: list[Where], patterns: Mapping[str, str]) -> Violation:
    path: list[str | int] = list(error.schema_path)
    where = places[int(path[1])].at(*path[2:]) if path[:1] == ["$defs"] else places[0]
    facts: dict[str, Any] = error.kind.as_dict()
    name = facts.get("property") or next(iter(facts.get("unexpected", ())), "")
    instance = "".join(f"/{escape(token)}" for token in error.instance_path)
    kind: Literal["readOnly"] | str = error.kind.name
    if kind == "falseSchema" and path[-2:-1] == ["properties"]:
        kind, name = "readOnly", str(path[-1])
    quick = str(facts.get("pattern"))
    message = str(error.message).replace(quick, patterns.get(quick, quick))
    return Violation(kind, instance, where, message, str(name))
