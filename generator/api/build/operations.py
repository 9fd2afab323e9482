"""Operations of a description: parameters, bodies, answers, links.

In: path items. Out: `Operation`s of the neutral model. Path-level parameters, servers and the
document's security are inherited here, so nobody above has to know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.api.behaviours import OperationBehaviours
from generator.api.build.extensions import Extensions
from generator.api.build.node import Node
from generator.api.build.schemas import SchemaTable
from generator.api.build.security import requirements
from generator.api.build.servers import servers
from generator.api.forms import STYLING
from generator.api.model import (
    Content,
    Example,
    Header,
    Incoming,
    Lifecycle,
    Link,
    Operation,
    Parameter,
    RequestBody,
    Requirement,
    Response,
    Server,
)
from generator.diagnostics import Diagnostics, Where
from generator.document.methods import METHODS

_URLENCODED = "application/x-www-form-urlencoded"
# https://spec.openapis.org/oas/v3.2.0.html#parameter-locations
_WHOLE_QUERY = "querystring"
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


class OperationBuilder:
    """Builds operations of one description."""

    def __init__(
        self,
        schemas: SchemaTable,
        extensions: Extensions,
        security: tuple[Requirement, ...],
        base: tuple[Server, ...],
        diagnostics: Diagnostics,
    ) -> None:
        self._diagnostics = diagnostics
        self._schemas = schemas
        self._extensions = extensions
        self._security = security
        self._servers = base
        self._shared_parameters: dict[Where, Parameter] = {}
        self._shared_responses: dict[tuple[str, Where], Response] = {}
        self._shared_callbacks: dict[Where, tuple[Operation, ...]] = {}

    def path_item(self, path: str, item: Node) -> Iterator[Operation]:
        """The operations of one path item."""
        for method, node in _declared(item):
            if isinstance(node.value, dict):
                yield self._operation(path, method, item, node)

    def webhook(self, name: str, node: Node) -> Incoming:
        """What the API calls its users with under the name of a webhook."""
        operations = tuple(self.path_item(name, node.deref()))
        return Incoming(where=node.where, name=name, operations=operations)

    def _callbacks(self, node: Node) -> Iterator[Incoming]:
        for name, each in node.get("callbacks").members():
            if each.where not in self._shared_callbacks:
                self._shared_callbacks[each.where] = ()  # what a callback is that calls itself back
                self._shared_callbacks[each.where] = tuple(
                    operation
                    for expression, item in each.members()
                    for operation in self.path_item(expression, item)
                )
            operations = self._shared_callbacks[each.where]
            yield Incoming(where=each.where, name=name, operations=operations)

    def _operation(self, path: str, method: str, item: Node, node: Node) -> Operation:
        own_security = "security" in node.mapping
        return Operation(
            where=node.where,
            id=node.text("operationId"),
            method=method,
            path=path,
            summary=node.text("summary", item.text("summary")),
            description=node.text("description", item.text("description")),
            tags=node.texts("tags"),
            deprecated=node.flag("deprecated"),
            parameters=self._parameters(item, node),
            body=self._request_body(item, node),
            responses=tuple(
                self._shared_response(status, each)
                for status, each in node.get("responses").members()
            ),
            security=requirements(node.raw("security")) if own_security else self._security,
            servers=servers(node) or servers(item) or self._servers,
            behaviours=self._behaviours(node),
            lifecycle=lifecycle(node),
            callbacks=tuple(self._callbacks(node)),
        )

    def _behaviours(self, node: Node) -> OperationBehaviours:
        return self._extensions.on_operation(node)

    def _parameters(self, item: Node, node: Node) -> tuple[Parameter, ...]:
        """The operation's own parameters, and those of its path that it does not override."""
        found: dict[tuple[str, str], Parameter] = {}
        for source in (item, node):
            for each in source.raw("parameters").items():
                if each.text("name") and each.text("in") in (*_STYLES, _WHOLE_QUERY):
                    parameter = self._shared_parameter(each)
                    found[parameter.location, parameter.name] = parameter
        return tuple(found.values())

    def _shared_parameter(self, node: Node) -> Parameter:
        """The parameter at a place, built once however many operations refer to it."""
        if node.where not in self._shared_parameters:
            self._shared_parameters[node.where] = self._parameter(node)
        return self._shared_parameters[node.where]

    def _parameter(self, node: Node) -> Parameter:
        location = node.text("in")
        contents = self._contents(node.raw("content"))
        if location == _WHOLE_QUERY:
            return self._whole_query(node, contents[0] if contents else None)
        style = node.text("style", _STYLES[location])
        return Parameter(
            where=node.where,
            name=node.text("name"),
            location=location,
            required=node.flag("required") or location == "path",
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            schema=self._schemas.place(node.raw("schema")),
            content=contents[0] if contents else None,
            style=style,
            explode=node.flag("explode", style in ("form", "cookie")),
            allow_reserved=node.flag("allowReserved"),
            examples=examples(node),
            behaviours=self._extensions.on_parameter(node),
            lifecycle=lifecycle(node),
        )

    def _whole_query(self, node: Node, content: Content | None) -> Parameter:
        """A query that is one form, as an object whose members stand in the query on their own."""
        is_form = content is not None and content.media_type.lower().startswith(_URLENCODED)
        if not is_form:
            kind = content.media_type if content else "no media type"
            self._diagnostics.report("unsupported", f"a query that is {kind}", node.where)
        return Parameter(
            where=node.where,
            name=node.text("name"),
            location="query",
            required=node.flag("required"),
            description=node.text("description"),
            deprecated=node.flag("deprecated"),
            schema=content.schema if content else None,
            content=None,
            style="form",
            explode=True,
            allow_reserved=False,
            examples=examples(node),
            behaviours=self._extensions.on_parameter(node),
            lifecycle=lifecycle(node),
        )

    def _request_body(self, item: Node, node: Node) -> RequestBody | None:
        return self._body(node.get("requestBody"))

    def _body(self, node: Node) -> RequestBody | None:
        if not node.mapping:
            return None
        return RequestBody(
            where=node.where,
            required=node.flag("required"),
            description=node.text("description"),
            content=self._contents(node.raw("content")),
        )

    def _shared_response(self, status: str, node: Node) -> Response:
        """The answer at a place, built once however many operations refer to it."""
        key = (status, node.where)
        if key not in self._shared_responses:
            self._shared_responses[key] = self._response(status, node)
        return self._shared_responses[key]

    def _response(self, status: str, node: Node) -> Response:
        return Response(
            where=node.where,
            status=status.upper() if status != "default" else status,
            description=node.text("description"),
            headers=tuple(self._header(name, each) for name, each in node.get("headers").members()),
            content=self._contents(node.raw("content")),
            links=tuple(self._link(name, each) for name, each in node.get("links").members()),
        )

    def _header(self, name: str, node: Node) -> Header:
        return Header(
            where=node.where,
            name=name,
            required=node.flag("required"),
            description=node.text("description"),
            schema=self._schemas.place(node.raw("schema")),
        )

    def _link(self, name: str, node: Node) -> Link:
        return Link(
            where=node.where,
            name=name,
            operation=node.text("operationId") or node.text("operationRef"),
            parameters=node.raw("parameters").mapping,
            body=node.mapping.get("requestBody"),
        )

    def _contents(self, node: Node) -> tuple[Content, ...]:
        return tuple(self._content(name, each) for name, each in node.members())

    def _content(self, media_type: str, node: Node) -> Content:
        plain, enveloped = self._envelope_apart(node.raw("schema"))
        return Content(
            where=node.where,
            media_type=media_type,
            schema=self._schemas.place(plain),
            enveloped=self._schemas.place(enveloped) if enveloped else None,
            items=self._schemas.place(node.raw("itemSchema")),
            examples=examples(node),
            encoding=self._encoding(media_type, node.raw("encoding")),
            item_encoding=node.raw("itemEncoding").mapping,
        )

    def _encoding(self, media_type: str, node: Node) -> dict[str, Mapping[str, object]]:
        """How each field of a form is written; before 3.1 fields of parts have no style.

        https://spec.openapis.org/oas/v3.0.3.html#encoding-object
        """
        is_older = self._schemas.openapi.startswith("3.0")
        unsaid = STYLING if is_older and not media_type.lower().startswith(_URLENCODED) else ()
        return {
            name: {key: value for key, value in each.mapping.items() if key not in unsaid}
            for name, each in node.members()
        }

    def _envelope_apart(self, node: Node) -> tuple[Node, Node | None]:
        """The plain schema and its enveloped form, where an anyOf or oneOf holds one of each."""
        for keyword in ("anyOf", "oneOf"):
            branches = list(node.deref().raw(keyword).raw_items())
            marked = [each for each in branches if each.deref().flag("x-lockstep-enveloped")]
            if len(branches) == 2 and len(marked) == 1:
                plain = next(each for each in branches if each is not marked[0])
                return plain, marked[0]
        return node, None


def _declared(item: Node) -> Iterator[tuple[str, Node]]:
    """What stands in a path item under each method."""
    for method in METHODS:
        yield method.upper(), item.raw(method)
    # https://spec.openapis.org/oas/v3.2.0.html#path-item-additional-operations
    yield from item.raw("additionalOperations").raw_members()


def lifecycle(node: Node) -> Lifecycle:
    """When the element goes and how settled it is; a date may be written without quotes."""
    sunset = node.mapping.get("x-sunset")
    return Lifecycle(
        sunset="" if sunset is None else str(sunset), stability=node.text("x-stability-level")
    )


def examples(node: Node) -> tuple[Example, ...]:
    """The examples of a parameter or media type; `example` is the one without a name."""
    found: list[Example] = []
    if "example" in node.mapping:
        found.append(_example("", node.raw("example").where, node.mapping["example"]))
    for name, each in node.raw("examples").members():
        for key in ("value", "dataValue"):
            if key in each.mapping:
                found.append(_example(name, each.where.at(key), each.mapping[key]))
                break
    return tuple(found)


def _example(name: str, where: Where, value: object) -> Example:
    return Example(where=where, name=name, value=value)
