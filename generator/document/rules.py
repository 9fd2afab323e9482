"""What the specification demands in words, where neither its JSON Schemas nor the validator look.

In comes a resolved description of a version, out go faults: a place and a message. What is not of
the kind that it should be is somebody else's to report and passed over here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator.diagnostics import Where
from generator.document.document import Json
from generator.document.metaschemas import is_url
from generator.document.methods import METHODS
from generator.document.resolve import Resolved

Broken = tuple[Where, str]
_Parameter = dict[str, Json]

_PATH_ITEM = frozenset(
    (*METHODS, "$ref", "additionalOperations", "description", "parameters", "servers", "summary")
)
_LINK = frozenset(
    ("$ref", "description", "operationId", "operationRef", "parameters", "requestBody", "server")
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_STATUS = re.compile(r"[1-5][0-9][0-9]\Z|default\Z")
_FORM = re.compile(r"[^;]*(form-data|x-www-form-urlencoded)", re.IGNORECASE)


def broken(resolved: Resolved, version: str) -> Iterator[Broken]:
    """Every fault that these rules find."""
    return _Rules(resolved, version).all()


class _Rules:
    """The rules over one description."""

    def __init__(self, resolved: Resolved, version: str) -> None:
        self._resolved = resolved
        self._swagger = version == "2.0"
        # The JSON Schema of 3.1 says it itself.
        self._judges_servers = version in ("3.0", "3.2")
        self._root = Where(resolved.root.name)

    def all(self) -> Iterator[Broken]:
        """Paths with their operations, then what components hold by themselves."""
        yield from self._servers(self._root)
        for path, where, item in self._members(self._root.at("paths")):
            if path.startswith("/"):
                yield from self._path(self._root.at("paths", path), path)
                yield from self._path_item(where, item)
        components = self._root if self._swagger else self._root.at("components")
        for _, where, parameter in self._members(components.at("parameters")):
            yield from self._parameter(where, parameter)
        for _, where, link in self._members(components.at("links")):
            yield from _unknown(where, link, _LINK, "a link")

    def _path(self, where: Where, path: str) -> Iterator[Broken]:
        # https://spec.openapis.org/oas/v3.2.0.html#path-templating
        for name, times in Counter(_PLACEHOLDER.findall(path)).items():
            if times > 1:
                yield where, f"{{{name}}} stands {times} times in the path"

    def _path_item(self, where: Where, item: dict[str, Json]) -> Iterator[Broken]:
        if where.tokens()[:-1] != ("paths",):
            # What stands in its place is seen by the check of the outline.
            yield from _unknown(where, item, _PATH_ITEM, "a path item")
        yield from self._servers(where)
        shared = list(self._parameters(where))
        for _, place, parameter in shared:
            yield from self._parameter(place, parameter)
        for method in METHODS:
            operation = self._mapping(where.at(method))
            if operation:
                yield from self._operation(where.at(method), operation, shared)
        for method, place, operation in self._members(where.at("additionalOperations")):
            yield from self._method(place, method)
            yield from self._operation(place, operation, shared)

    def _method(self, where: Where, method: str) -> Iterator[Broken]:
        # https://spec.openapis.org/oas/v3.2.0.html#path-item-additional-operations
        if method.lower() in METHODS:
            yield where, f"{method!r} has a field of its own in a path item"
        elif not _TOKEN.match(method):
            yield where, f"{method!r} is no method"

    def _operation(
        self, where: Where, operation: dict[str, Json], shared: list[tuple[str, Where, _Parameter]]
    ) -> Iterator[Broken]:
        yield from self._servers(where)
        own = list(self._parameters(where))
        for _, place, parameter in own:
            yield from self._parameter(place, parameter)
        if self._swagger:
            effective = {key: parameter for key, _, parameter in (*shared, *own)}
            yield from self._bodies(where, operation, list(effective.values()))
        for status, place, response in self._members(where.at("responses")):
            if self._swagger and not status.startswith("x-") and not _STATUS.match(status):
                yield where.at("responses", status), f"{status!r} is no HTTP status"
            yield from self._response(place, response)

    def _response(self, where: Where, response: dict[str, Json]) -> Iterator[Broken]:
        for name, _, _ in self._members(where.at("headers")):
            if not _TOKEN.match(name):
                yield where.at("headers", name), f"{name!r} is no name of a header"
        for _, place, link in self._members(where.at("links")):
            yield from _unknown(place, link, _LINK, "a link")

    def _parameter(self, where: Where, parameter: _Parameter) -> Iterator[Broken]:
        name = parameter.get("name")
        if parameter.get("in") == "header" and isinstance(name, str) and not _TOKEN.match(name):
            yield where.at("name"), f"{name!r} is no name of a header"

    def _servers(self, owner: Where) -> Iterator[Broken]:
        """https://spec.openapis.org/oas/v3.0.4.html#server-object, on `url`."""
        listed = self._mapping(owner).get("servers")
        for index in range(len(listed) if self._judges_servers and isinstance(listed, list) else 0):
            where = owner.at("servers", index)
            if not is_url(self._mapping(where).get("url")):
                yield where.at("url"), "the server's url is no URL"

    def _bodies(
        self, where: Where, operation: dict[str, Json], parameters: list[_Parameter]
    ) -> Iterator[Broken]:
        """https://spec.openapis.org/oas/v2.0.html#parameter-object, on `in` and `type`."""
        kinds = Counter(str(each.get("in")) for each in parameters)
        if kinds["body"] > 1:
            yield where, f"the operation has {kinds['body']} bodies"
        if kinds["body"] and kinds["formData"]:
            yield where, "the operation has a body and form data"
        consumed = operation.get("consumes", self._mapping(self._root).get("consumes"))
        types = consumed if isinstance(consumed, list) else []
        files = any(each.get("type") == "file" for each in parameters)
        if files and not any(isinstance(each, str) and _FORM.match(each) for each in types):
            yield where, "a file is sent, and what is consumed is no form"

    def _parameters(self, owner: Where) -> Iterator[tuple[str, Where, _Parameter]]:
        """The parameters of a path item or operation, each with what it overrides by."""
        listed = self._mapping(owner).get("parameters")
        for index in range(len(listed) if isinstance(listed, list) else 0):
            where = self._led(owner.at("parameters", index))
            parameter = self._mapping(where)
            yield f"{parameter.get('in')} {parameter.get('name')}", where, parameter

    def _members(self, where: Where) -> Iterator[tuple[str, Where, dict[str, Json]]]:
        """The mappings that a mapping holds: key, where each is written, and itself."""
        for key in self._mapping(self._led(where)):
            place = self._led(self._led(where).at(key))
            yield key, place, self._mapping(place)

    def _led(self, where: Where) -> Where:
        try:
            return self._resolved.deref(where)
        except LookupError:
            return where

    def _mapping(self, where: Where) -> dict[str, Json]:
        try:
            value = self._resolved.value(where)
        except LookupError:
            return {}
        return value if isinstance(value, dict) else {}


def _unknown(
    where: Where, value: dict[str, Json], known: frozenset[str], what: str
) -> Iterator[Broken]:
    for key in value:
        if key not in known and not key.startswith("x-"):
            yield where.at(key), f"{key!r} is no field of {what}"
