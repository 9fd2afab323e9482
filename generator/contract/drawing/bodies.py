"""Bodies for operations on resources: valid ones, with what names the resource made unique.

In come operations and fields that shall have certain values, out come bodies, likeliest to succeed
first. Fields that a request does not take are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.api import walk
from generator.api.model import Api, Content, Operation
from generator.contract.drawing.arguments import media_type_of
from generator.contract.drawing.draw import Draw
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.pointer import MISSING, look, mapping, placed


class Bodies:
    """The bodies of one run."""

    def __init__(self, api: Api, kinds: Kinds, draw: Draw) -> None:
        self._api = api
        self._kinds = kinds
        self._draw = draw

    def of(self, operation: Operation, fields: Mapping[str, object]) -> Iterator[object]:
        """Valid bodies of an operation, its naming fields made unique."""
        content = self.content(operation)
        if content is None:
            yield MISSING
            return
        for drawn in self._draw.bodies(content):
            yield self._marked(operation, content, drawn, fields)

    def content(self, operation: Operation) -> Content | None:
        """The content that the operation's body is sent as."""
        declared = operation.body.content if operation.body else ()
        kind = media_type_of(operation)
        return next((each for each in declared if each.media_type == kind), None)

    def naming(self, kind: Kind) -> list[str]:
        """The fields that tell things of a kind apart: unique, alternative keys, filters."""
        filtered = [
            parameter.behaviours.filter.field.removeprefix("/")
            for listing in kind.by_role("list")
            for parameter in listing.parameters
            if parameter.behaviours.filter
        ]
        named = [*kind.resource.unique, *kind.resource.alternative_keys, *filtered]
        return [name for name in dict.fromkeys(named) if name != kind.resource.key]

    def _marked(
        self, operation: Operation, content: Content, body: object, fields: Mapping[str, object]
    ) -> object:
        use = use_of(operation)
        within = look(body, use.request)
        schema = content.schema and walk.at(self._api, content.schema, _tokens(use.request))
        marked = mapping(within)
        if not marked or schema is None:
            return body
        if use.key:
            marked.pop(use.key.removeprefix("/"), None)  # It would name a thing that is there.
        known = walk.properties(self._api, schema)
        kind = self._kinds[use.resource]
        chosen = [kind.resource.key] if use.role == "create" else []
        for name in (*self.naming(kind), *chosen):
            if name in marked and isinstance(marked[name], str):
                fresh = self._draw.fresh(known.get(name), str(marked[name]))
                # One of a few values is no name.
                if name not in known or self._draw.valid(known[name], fresh):
                    marked[name] = fresh
        marked |= {name: value for name, value in fields.items() if name in known}
        return (
            marked if not use.request else {**mapping(body), **mapping(placed(use.request, marked))}
        )


def _tokens(pointer: str) -> list[str]:
    return pointer.split("/")[1:]
