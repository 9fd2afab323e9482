"""Fields of multipart forms: what each is given as, files among them.

In: the content of a body in parts. Out: its fields by their names as arguments, typed by their
schemas, but for files, which are given in every way that files are given. What is a file, the
schema or the encoding says (https://spec.openapis.org/oas/v3.1.1.html#encoding-object). A field is
never null, since no part can say it. A body that is no plain object has no such fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.api import Api, Content
from generator.api.walk import child, keyword, types
from generator.diagnostics import Where
from generator.plan.classes import Classes
from generator.plan.code import Call, Code, Value, given
from generator.plan.media import is_multipart, part_type
from generator.plan.models import field_view, optional, said_of
from generator.plan.names import Names, snake
from generator.plan.shape import Record
from generator.plan.shapes import Shapes
from generator.plan.types import ANY, FILE, NONE, STR, ListOf, Plain, Type, members, union
from generator.plan.views.models import FieldView
from generator.wire import is_json

_PART = Plain("Part")
_STRING = frozenset(("string",))
_BRANCHES = ("oneOf", "anyOf")
# https://www.rfc-editor.org/rfc/rfc6838#section-4.2 : what no text can be.
_NO_TEXT = ("application/octet-stream", "audio/", "font/", "image/", "video/")
_Leaf = Callable[[Where], Type]


def part_places(shapes: Shapes, content: Content) -> Iterator[Where]:
    """The schemas of what a body in parts carries beside its files."""
    found: list[Where] = []

    def note(place: Where) -> Type:
        found.append(place)
        return ANY

    record = _record(shapes, content)
    if record is None:
        return
    for name in record.properties:
        for place in _declared(record, name):
            _type(shapes.api, place, part_type(shapes.api, content, name), note)
    yield from found


class FormPlanner:
    """Plans the fields of the multipart forms of one Api."""

    def __init__(self, api: Api, classes: Classes, names: Names) -> None:
        self._api = api
        self._classes = classes
        self._names = names

    def fields(self, content: Content) -> dict[str, FieldView]:
        """The fields of a form by their names in Python, none where it is no plain object."""
        record = _record(self._classes.shapes, content)
        if record is None:
            return {}
        wires = self._classes.reach.fields(record, "write")
        scope = self._names.scope()
        own = record.where.at("properties")
        keys = {wire: f"{self._names.key(own.at(wire))} (form)" for wire in wires}
        scope.hold(dict.fromkeys(keys.values(), ""))
        views = (
            self._field(content, record, wire, place, scope.name(keys[wire], snake(wire), place))
            for wire, place in wires.items()
        )
        return {each.name: each for each in views}

    def _field(
        self, content: Content, record: Record, wire: str, place: Where, name: str
    ) -> FieldView:
        media_type = part_type(self._api, content, wire)
        kind = union(
            *(
                _type(self._api, each, media_type, lambda at: self._classes.type(at, "write"))
                for each in _declared(record, wire)
            )
        )
        kind = union(*(each for each in members(kind) if each != NONE)) if kind != NONE else ANY
        if "headers" in content.encoding.get(wire, {}) and FILE not in members(kind):
            kind = union(kind, _PART)
        always = self._classes.shapes.only(record, wire)
        value: Value = always if wire in record.required else Code("UNSET")
        kind = kind if wire in record.required else optional(kind)
        return field_view(name, wire, kind, value, said_of(self._api, place, wire, always))


def form_fact(fields: Mapping[str, FieldView]) -> Call | None:
    """What makes a form of its fields, as a fact."""
    if not fields:
        return None
    views = fields.values()
    needed = tuple(each.name for each in views if each.default is None)
    always: dict[str, Value] = {
        e.name: e.default for e in views if isinstance(e.default, str | int)
    }
    said = given(needed=needed, always=always or None)
    return Call("FormFields", ({each.name: each.wire for each in views},), said)


def _record(shapes: Shapes, content: Content) -> Record | None:
    """The shape of a form in parts, where it is a plain object."""
    if content.schema is None or not is_multipart(content.media_type):
        return None
    shape = shapes[content.schema]
    return shape if isinstance(shape, Record) else None


def _declared(record: Record, name: str) -> tuple[Where, ...]:
    """The schemas that a property has, in whichever alternative."""
    return (record.properties[name], *record.rivals.get(name, ()))


def _type(api: Api, place: Where, media_type: str, leaf: _Leaf) -> Type:
    """What a part is given as; `leaf` tells the type of a schema without files."""
    if not _holds_file(api, place, media_type):
        return leaf(place)
    return _own(api, place, media_type) or _around(api, place, media_type, leaf)


def _around(api: Api, place: Where, media_type: str, leaf: _Leaf) -> Type:
    """A list of files, or what is a file as one of several."""
    kinds = [_type(api, each, media_type, leaf) for each in _branches(api, place)]
    items = child(api, place, "items")
    kinds += [] if items is None else [ListOf(_type(api, items, media_type, leaf))]
    return union(*kinds)


def _holds_file(
    api: Api, place: Where, media_type: str, within: frozenset[Where] = frozenset()
) -> bool:
    if place in within:
        return False
    if _own(api, place, media_type) is not None:
        return True
    items = child(api, place, "items")
    inside = (*_branches(api, place), *(() if items is None else (items,)))
    return any(_holds_file(api, each, media_type, within | {place}) for each in inside)


def _branches(api: Api, place: Where) -> tuple[Where, ...]:
    schema = api.schema(place)
    return tuple(each for key in _BRANCHES for each in schema.many(key))


def _own(api: Api, place: Where, media_type: str) -> Type | None:
    """What a file is given as, None for what is none; text of a media type is text, too."""
    said = types(api, place) - {"null"}
    if said == _STRING and keyword(api, place, "format") == "binary":
        return FILE
    stated = media_type or _held(api, place)
    if not stated or is_json(stated) or stated.startswith("text/plain"):
        return None
    if said == _STRING or not (said or _branches(api, place)):
        return FILE if stated.startswith(_NO_TEXT) else union(STR, FILE)
    return union(STR, FILE) if "object" in said else None


def _held(api: Api, place: Where) -> str:
    """The media type of what a text holds, where it stands there as it is."""
    if keyword(api, place, "contentEncoding") is not None:
        return ""
    return str(keyword(api, place, "contentMediaType") or "")
