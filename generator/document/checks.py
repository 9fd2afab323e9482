"""openapi-spec-validator, extended at the points that it offers for that.

In comes a version, out goes a validator class whose findings are `Fault`s: each knows its place.
Our check of the outline names the deepest cause, ours of schemas finds every fault and not only the
first, and every other part is wrapped so that it says where it was looking.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from typing import Any, cast

from jsonschema.exceptions import (
    ValidationError,
    best_match,  # pyright: ignore[reportUnknownVariableType]
)
from jsonschema_path import SchemaPath
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.validation import SpecValidator
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    OpenAPIValidationError,
)

from generator.document.metaschemas import DIALECTS, outline_checker, schema_checker
from generator.document.narrowing import all_causes, one_line, shortened

Path = tuple[str | int, ...]
_Findings = Iterator[ValidationError]
_Part = Callable[..., _Findings]

_VALIDATORS: Mapping[str, type[SpecValidator]] = {
    "2.0": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
_LONGEST_MESSAGE = 120


class Fault(OpenAPIValidationError):
    """A finding with its place: `parts` leads there from the root.

    Where the validator walked, references are followed on the way; `literal` parts follow none.
    """

    parts: Path = ()
    code: str = "invalid-openapi"
    literal: bool = False

    @classmethod
    def at(
        cls, parts: Path, message: str, code: str = "invalid-openapi", *, literal: bool = False
    ) -> Fault:
        """A finding at a place."""
        fault = cls(message)
        fault.parts, fault.code, fault.literal = parts, code, literal
        return fault

    @classmethod
    def of(cls, error: ValidationError, parts: Path = ()) -> Fault:
        """Any finding of the validator, made while it was looking at `parts`."""
        if isinstance(error, Fault):
            return error
        if isinstance(error, DuplicateOperationIDError):
            return cls.at((*parts, "operationId"), _message(error), "operation-id-duplicate")
        best = _best(error)
        return cls.at((*parts, *best.absolute_path), _message(best))


@cache
def validator_class(version: str) -> type[SpecValidator]:
    """The validator of an OpenAPI version with our checks in it."""
    base = _VALIDATORS[version]
    known = cast("Mapping[str, Callable[[Any], _Part]]", base.keyword_validators)
    parts: dict[str, Any] = {name: partial(_Locating, part) for name, part in known.items()}
    parts["schema"] = partial(_Schemas, version, known["schema"])
    parts["default"] = partial(_Defaults, known["default"])
    members = {"schema_validator": _Outline(version), "keyword_validators": parts}
    return type(f"Located{base.__name__}", (base,), members)


class _Outline:
    """The document against the specification's own JSON Schema, by jsonschema-rs."""

    def __init__(self, version: str) -> None:
        self._version = version

    def iter_errors(self, instance: Any) -> _Findings:
        """Every fault, by its deepest cause."""
        for cause in all_causes(outline_checker(self._version).iter_errors(instance)):
            yield Fault.at(cause.path, cause.message, literal=True)


class _Locating:
    """A part of the validator whose findings say where it was looking."""

    def __init__(self, part: Callable[[Any], _Part], registry: Any) -> None:
        self._part = part(registry)

    def __call__(self, *arguments: Any) -> _Findings:
        path = next(each for each in arguments if isinstance(each, SchemaPath))
        for error in self._part(*arguments):
            yield Fault.of(error, path.parts)


class _Schemas:
    """The check of schemas; ours, which finds every fault, comes first."""

    def __init__(self, version: str, part: Callable[[Any], Any], registry: Any) -> None:
        self._version = version
        self._part = part(registry)
        # A list there, in which every look takes longer than the one before.
        self._part.visited_schema_ids = _Visited()
        self._checked: set[int] = set()

    def __call__(self, schema: SchemaPath) -> _Findings:
        value: object = schema.read_value()
        if self._version == "2.0":
            return  # The outline of Swagger 2.0 holds all of a schema.
        ours = not self._has_own_dialect(value)
        if ours and id(value) not in self._checked:
            self._checked.add(id(value))
            faults = list(self._faults(schema, value))
            yield from faults
            if faults:
                return
        for error in self._part(schema, meta_checked=ours):
            yield Fault.of(error, schema.parts)

    def _faults(self, schema: SchemaPath, value: object) -> Iterator[Fault]:
        for cause in all_causes(schema_checker(self._version).iter_errors(value)):
            yield Fault.at((*schema.parts, *cause.path), cause.message)

    def _has_own_dialect(self, value: object) -> bool:
        if self._version == "3.0" or not isinstance(value, dict):
            return False
        declared = cast(dict[str, object], value).get("$schema", DIALECTS[0])
        return declared not in DIALECTS


class _Defaults:
    """The check of defaults, whose findings are about values and not about OpenAPI."""

    def __init__(self, part: Callable[[Any], _Part], registry: Any) -> None:
        self._part = part(registry)

    def __call__(self, schema: SchemaPath, value: object) -> _Findings:
        # A pattern that is ECMA-262 and not Python's kind says nothing about the default here.
        with suppress(re.error):
            for error in self._part(schema, value):
                best = _best(error)
                message = f"the default does not fit its schema: {_message(best)}"
                parts = (*schema.parts, "default", *best.absolute_path)
                yield Fault.at(parts, message, "invalid-example")


class _Visited(set[int]):
    """A set that can be filled like the list that it stands for."""

    def append(self, item: int) -> None:
        """Add an item."""
        self.add(item)


def _best(error: ValidationError) -> ValidationError:
    """The deepest useful cause of an error."""
    return cast(ValidationError, best_match([error]))


def _message(error: ValidationError) -> str:
    message = str(error.message)
    if len(message) > _LONGEST_MESSAGE and isinstance(error.validator, str):
        return f"{shortened(error.instance)} breaks its {error.validator}"
    return one_line(message)
