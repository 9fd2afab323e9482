"""Operations of a Swagger 2.0 description, in terms of OpenAPI 3.

In: path items. Out: the same `Operation`s: parameters `in: body` and `in: formData` are the request
body, `consumes` and `produces` its media types and those of answers, `collectionFormat` a style
(https://spec.openapis.org/oas/v2.0.html#parameter-object). What keeps a value's type beside its
name, as parameters and headers do, is read as a schema at that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.api.build.extensions import Extensions
from generator.api.build.node import Node
from generator.api.build.operations import OperationBuilder, lifecycle
from generator.api.build.schemas import SchemaTable
from generator.api.model import (
    Content,
    Example,
    Header,
    Operation,
    Parameter,
    RequestBody,
    Requirement,
    Response,
    Server,
)
from generator.api.schema import Schema
from generator.diagnostics import Diagnostics, Where

_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_JSON = "application/json"
_OF_THE_PARAMETER = frozenset(
    "name in required description collectionFormat allowEmptyValue examples".split()
)
_STYLES = {"ssv": "spaceDelimited", "pipes": "pipeDelimited"}
_LOCATIONS = frozenset(("path", "query", "header"))


class SwaggerBuilder(OperationBuilder):
    """Builds operations of one Swagger 2.0 description."""

    def __init__(
        self,
        schemas: SchemaTable,
        extensions: Extensions,
        security: tuple[Requirement, ...],
        base: tuple[Server, ...],
        diagnostics: Diagnostics,
        root: Node,
    ) -> None:
        super().__init__(schemas, extensions, security, base, diagnostics)
        self._root = root

    def _operation(self, path: str, method: str, item: Node, node: Node) -> Operation:
        self._produces = self._media_types(node, "produces")
        return super()._operation(path, method, item, node)

    def _media_types(self, node: Node, key: str) -> tuple[str, ...]:
        """What the operation says, else what the description says for all."""
        return node.texts(key) if key in node.mapping else self._root.texts(key)

    def _parameters(self, item: Node, node: Node) -> tuple[Parameter, ...]:
        declared = _declared(item, node)
        return tuple(self._parameter(each) for each in declared if each.text("in") in _LOCATIONS)

    def _parameter(self, node: Node) -> Parameter:
        location = node.text("in")
        collection = node.text("collectionFormat", "csv")
        plain = "form" if location == "query" else "simple"
        return Parameter(
            where=node.where,
            name=node.text("name"),
            location=location,
            required=node.flag("required") or location == "path",
            description=node.text("description"),
            deprecated=False,
            schema=self._typed(node),
            content=None,
            style=_STYLES.get(collection, plain) if location == "query" else plain,
            explode=collection == "multi",
            allow_reserved=False,
            examples=(),
            behaviours=self._extensions.on_parameter(node),
            lifecycle=lifecycle(node),
        )

    def _typed(self, node: Node) -> Where | None:
        """The schema that stands beside the name of a parameter or header."""
        said = {k: each for k, each in node.mapping.items() if k not in _OF_THE_PARAMETER}
        return self._schemas.place(Node(node.resolved, node.where, said))

    def _request_body(self, item: Node, node: Node) -> RequestBody | None:
        declared = list(_declared(item, node))
        consumes = self._media_types(node, "consumes")
        body = next((each for each in declared if each.text("in") == "body"), None)
        if body is not None:
            return self._whole(body, consumes or (_JSON,))
        fields = [each for each in declared if each.text("in") == "formData"]
        return self._form(node.where.at("parameters"), fields, consumes) if fields else None

    def _whole(self, node: Node, media_types: tuple[str, ...]) -> RequestBody:
        schema = self._schemas.place(node.raw("schema"))
        return RequestBody(
            where=node.where,
            required=node.flag("required"),
            description=node.text("description"),
            content=tuple(
                Content(where=node.where, media_type=each, schema=schema) for each in media_types
            ),
        )

    def _form(self, where: Where, fields: list[Node], consumes: tuple[str, ...]) -> RequestBody:
        """The fields of a form as one object."""
        places = {each.text("name"): self._typed(each) for each in fields}
        required = [each.text("name") for each in fields if each.flag("required")]
        schema = Schema(
            where=where,
            types=frozenset(("object",)),
            keywords={"required": required} if required else {},
            children={"properties": {k: each for k, each in places.items() if each is not None}},
        )
        has_file = any(each.text("type") == "file" for each in fields)
        kept = [each for each in consumes if each.lower() in (_FORM, _MULTIPART)]
        place = self._schemas.add(schema)
        return RequestBody(
            where=where,
            required=bool(required),
            description="",
            content=tuple(
                Content(where=where, media_type=each, schema=place, encoding=_encoding(fields))
                for each in kept or [_MULTIPART if has_file else _FORM]
            ),
        )

    def _shared_response(self, status: str, node: Node) -> Response:
        # What an answer is written in depends on the operation here.
        return self._response(status, node)

    def _response(self, status: str, node: Node) -> Response:
        return Response(
            where=node.where,
            status=status.upper() if status != "default" else status,
            description=node.text("description"),
            headers=tuple(self._header(name, each) for name, each in node.get("headers").members()),
            content=self._answered(node),
            links=(),
        )

    def _answered(self, node: Node) -> tuple[Content, ...]:
        schema = self._schemas.place(node.raw("schema"))
        if schema is None:
            return ()
        given = node.raw("examples")
        return tuple(
            Content(
                where=node.where,
                media_type=each,
                schema=schema,
                examples=_examples(given, each),
            )
            for each in self._produces or (_JSON,)
        )

    def _header(self, name: str, node: Node) -> Header:
        return Header(
            where=node.where,
            name=name,
            required=False,
            description=node.text("description"),
            schema=self._typed(node),
        )


def _declared(item: Node, node: Node) -> Iterator[Node]:
    """The parameters of a path and of an operation, whose own count where both declare one."""
    found: dict[tuple[str, str], Node] = {}
    for source in (item, node):
        for each in source.raw("parameters").items():
            location = each.text("in")
            found["" if location == "body" else each.text("name"), location] = each
    return (each for (name, location), each in found.items() if name or location == "body")


def _encoding(fields: list[Node]) -> Mapping[str, Mapping[str, object]]:
    """How lists are written in a form."""
    return {
        each.text("name"): {"style": "form", "explode": each.text("collectionFormat") == "multi"}
        for each in fields
        if each.text("type") == "array"
    }


def _examples(node: Node, media_type: str) -> tuple[Example, ...]:
    if media_type not in node.mapping:
        return ()
    where = node.raw(media_type).where
    return (Example(where=where, name="", value=node.mapping[media_type]),)
