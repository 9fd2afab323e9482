"""A description held against the OpenAPI specification by openapi-spec-validator.

In comes a resolved description, out go its faults as diagnostics, all of them and each at its place.
The validator's own extension points are used: our check of the root names the deepest cause, ours of
schemas finds every fault and not only the first, and each part says where it was looking. No file is
read and no URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from posixpath import join, normpath
from typing import Any, cast
from urllib.parse import quote, unquote, urlsplit

import jsonschema_rs
from jsonschema.exceptions import ValidationError, best_match
from jsonschema_path import SchemaPath
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)
from openapi_spec_validator.schemas import schema_v30, schema_v31, schema_v32
from openapi_spec_validator.validation import SpecValidator
from openapi_spec_validator.validation.exceptions import (
    DuplicateOperationIDError,
    OpenAPIValidationError,
)

from generator.diagnostics import Diagnostics, Where
from generator.document.document import Json
from generator.document.metaschemas import DIALECTS, outline_checker, schema_checker
from generator.document.narrowing import all_causes, one_line, shortened
from generator.document.resolve import Resolved
from generator.document.version import declared_version

_Path = tuple[str | int, ...]

_RESOLVED_PATHS = 100_000

_VALIDATORS: Mapping[str, tuple[type[SpecValidator], Any]] = {
    "3.0": (OpenAPIV30SpecValidator, schema_v30),
    "3.1": (OpenAPIV31SpecValidator, schema_v31),
    "3.2": (OpenAPIV32SpecValidator, schema_v32),
}


def validate(resolved: Resolved, diagnostics: Diagnostics) -> None:
    """Report everything in which the description breaks the OpenAPI specification."""
    version = declared_version(resolved.root)
    if version is None:
        return
    files = _Files(resolved)
    root = cast(Any, resolved.root.root)
    uri = files.uri(resolved.root.name)
    path = SchemaPath.from_dict(
        root, base_uri=uri, handlers=files, resolved_cache_maxsize=_RESOLVED_PATHS
    )
    before = len(diagnostics)
    try:
        for error in _validator(version)(path, uri).iter_errors():
            _report(resolved, error, diagnostics)
    except Exception as error:
        # The validator trips over what the root check has just refused; then all is said already.
        if len(diagnostics) == before:
            message = f"the document cannot be validated ({type(error).__name__})"
            diagnostics.report("invalid-openapi", message, Where(resolved.root.name))


class _Fault(OpenAPIValidationError):
    """A finding with its place: `parts` leads there from the root.

    Where the validator walked, references are followed on the way; `literal` parts follow none.
    """

    parts: _Path = ()
    code: str = "invalid-openapi"
    literal: bool = False

    @classmethod
    def at(cls, parts: _Path, message: str, code: str = "invalid-openapi") -> _Fault:
        """A finding at a place."""
        fault = cls(message)
        fault.parts, fault.code = parts, code
        return fault


class _RootCheck:
    """The document's outline against the specification's JSON Schema, by jsonschema-rs."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._checker: jsonschema_rs.Validator | None = None

    def iter_errors(self, instance: Any) -> Iterator[ValidationError]:
        """Every fault, by its deepest cause."""
        if self._checker is None:
            self._checker = outline_checker(dict(self._schema))
        for cause in all_causes(self._checker.iter_errors(instance)):
            fault = _Fault.at(cause.path, cause.message)
            fault.literal = True
            yield fault


@cache
def _validator(version: str) -> type[SpecValidator]:
    """The validator of a version with our checks in its places for them."""
    base, schema = _VALIDATORS[version]
    parts: dict[str, Any] = {
        name: _locating(part) for name, part in base.keyword_validators.items()
    }
    parts["schema"] = _checking(version, parts["schema"])
    parts["default"] = _judging(parts["default"])
    members = {"schema_validator": _RootCheck(schema), "keyword_validators": parts}
    return type(f"Located{base.__name__}", (base,), members)


def _locating(part: type[Any]) -> type[Any]:
    """A keyword validator whose findings say where it was looking."""

    class Locating(part):  # type: ignore[misc]
        def __call__(self, *arguments: Any, **options: Any) -> Iterator[ValidationError]:
            paths = [each for each in arguments if isinstance(each, SchemaPath)]
            for error in super().__call__(*arguments, **options):
                yield error if isinstance(error, _Fault) else _located(error, _parts(paths[0]))

    return Locating


def _checking(version: str, part: type[Any]) -> type[Any]:
    """The schema validator with our check of a schema, which finds every fault, put before."""

    class Checking(part):  # type: ignore[misc]
        def __init__(self, registry: Any) -> None:
            super().__init__(registry)
            self._checked: set[int] = set()
            # A list there, in which every look takes longer than the one before.
            self.visited_schema_ids = _Visited()

        def __call__(
            self, schema: SchemaPath, require_properties: bool = True, meta_checked: bool = False
        ) -> Iterator[ValidationError]:
            value = schema.read_value()
            if meta_checked or _has_own_dialect(version, schema, value):
                yield from super().__call__(schema, require_properties, meta_checked)
                return
            faulty = False
            if id(value) not in self._checked:
                self._checked.add(id(value))
                for fault in _schema_faults(version, schema, value):
                    faulty = True
                    yield fault
            if not faulty:
                yield from super().__call__(schema, require_properties, True)

    return Checking


class _Visited(set[int]):
    """A set that can be filled like the list that it stands for."""

    append = set[int].add


def _judging(part: type[Any]) -> type[Any]:
    """The validator of defaults, whose findings are about values and not about OpenAPI."""

    class Judging(part):  # type: ignore[misc]
        def __call__(self, schema: SchemaPath, value: Any) -> Iterator[ValidationError]:
            for error in super().__call__(schema, value):
                best = _best(error)
                parts = (*_parts(schema), "default", *best.absolute_path)
                message = f"the default does not fit its schema: {_message(best)}"
                yield _Fault.at(parts, message, "invalid-example")

    return Judging


def _schema_faults(version: str, schema: SchemaPath, value: Any) -> Iterator[_Fault]:
    for cause in all_causes(schema_checker(version).iter_errors(value)):
        yield _Fault.at((*_parts(schema), *cause.path), cause.message)


def _has_own_dialect(version: str, schema: SchemaPath, value: Any) -> bool:
    if version == "3.0":
        return False
    if isinstance(value, dict) and "$schema" in value:
        return cast(dict[str, Json], value)["$schema"] not in DIALECTS
    return False


def _located(error: ValidationError, parts: _Path) -> _Fault:
    if isinstance(error, DuplicateOperationIDError):
        return _Fault.at((*parts, "operationId"), _message(error), "operation-id-duplicate")
    best = _best(error)
    return _Fault.at((*parts, *best.absolute_path), _message(best))


def _best(error: ValidationError) -> ValidationError:
    """The deepest useful cause of an error."""
    return cast(ValidationError, best_match([error]))


def _message(error: ValidationError) -> str:
    if len(error.message) > 120 and isinstance(error.validator, str):
        return f"{shortened(error.instance)} breaks its {error.validator}"
    return one_line(error.message)


def _parts(path: SchemaPath) -> _Path:
    return cast(_Path, tuple(path.parts))


def _report(resolved: Resolved, error: ValidationError, diagnostics: Diagnostics) -> None:
    fault = error if isinstance(error, _Fault) else _located(error, tuple(error.absolute_path))
    where = _place(resolved, fault.parts, fault.literal)
    diagnostics.report(fault.code, fault.message, where)


def _place(resolved: Resolved, parts: _Path, literal: bool) -> Where:
    """The place that the parts lead to."""
    where = Where(resolved.root.name)
    for part in parts:
        with suppress(LookupError):
            where = where if literal else resolved.deref(where)
        where = where.at(part)
    return where


class _Files(dict[str, Callable[[str], Any]]):
    """Serves the validator the documents that were read, by URI, and nothing else."""

    def __init__(self, resolved: Resolved) -> None:
        super().__init__()
        names = list(resolved.documents)
        # Names may climb above the folder that they count from; below enough folders they stay apart.
        climbs = max(normpath(name).split("/").count("..") for name in names)
        self._folder = "/" + "_/" * climbs
        self._roots = {self._key(name): each.root for name, each in resolved.documents.items()}

    def __contains__(self, scheme: object) -> bool:
        return True

    def __missing__(self, scheme: str) -> Callable[[str], Any]:
        return self._root

    def uri(self, name: str) -> str:
        """The URI that stands for a document."""
        return "file://" + quote(self._key(name))

    def _key(self, name: str) -> str:
        return normpath(join(self._folder, name))

    def _root(self, uri: str) -> Any:
        return self._roots[unquote(urlsplit(uri).path)]
