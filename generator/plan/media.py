"""Media types of one body: which is sent, and what an answer's is read as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.api import Api, Content, Parameter
from generator.api.forms import styled_fields
from generator.api.walk import child, keyword, properties
from generator.diagnostics import Where
from generator.plan.code import Call, Value, given
from generator.wire import is_json
from generator.wire.sequences import EVENT_STREAM, SEQUENCES

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
_MIXED = "multipart/mixed"
_ORDER = (FORM, MULTIPART)
_STYLES = frozenset(("spaceDelimited", "pipeDelimited", "deepObject"))


def essence(media_type: str) -> str:
    """A media type in lower case without parameters."""
    return media_type.partition(";")[0].strip().lower()


def sent(contents: Sequence[Content]) -> Content | None:
    """The content that a request is sent as: JSON first, then forms, then what comes first."""
    return min(contents, key=_rank, default=None)


def _rank(content: Content) -> int:
    if is_json(content.media_type):
        return 0
    kind = essence(content.media_type)
    return 1 + _ORDER.index(kind) if kind in _ORDER else 1 + len(_ORDER)


def form_fields(api: Api, content: Content) -> Iterator[Call]:
    """How fields of a form are written, as facts, where the description says it."""
    if essence(content.media_type) not in _ORDER:
        return
    known = {} if content.schema is None else properties(api, content.schema)
    styled = styled_fields(api, content)
    for name in dict.fromkeys((*content.encoding, *known)):
        if name in styled:
            yield Call("Parameter", (name, "query"), _style(styled[name], content))
        elif kind := part_type(api, content, name):
            yield Call("Parameter", (name, "query"), {"media_type": kind})


def _style(field: Parameter, content: Content) -> dict[str, Value]:
    """The style of a field as a fact; only URLs and what is written so have reserved letters."""
    style = field.style if field.style in _STYLES else ""
    reserved = field.allow_reserved and not is_multipart(content.media_type)
    return {**given(style=style, allow_reserved=reserved), "explode": field.explode}


def part_type(api: Api, content: Content, name: str) -> str:
    """The media type of a field, where its encoding says it, or its schema does in a part."""
    said = _written_as(content.encoding.get(name, {}).get("contentType"))
    if said or content.schema is None or not is_multipart(content.media_type):
        return said
    place = properties(api, content.schema).get(name)
    place = place and (child(api, place, "items") or place)
    if place is None or keyword(api, place, "contentEncoding") is not None:
        return ""
    return _written_as(keyword(api, place, "contentMediaType"))


def _written_as(said: object) -> str:
    """The media type of a part: the first that is no range."""
    kinds = said.split(",") if isinstance(said, str) else []
    return next((kind.strip() for kind in kinds if "/" in kind and "*" not in kind), "")


def items_of(content: Content) -> Where | None:
    """The schema of the items of a body that is a sequence of them, where it is said."""
    if is_mixed(content.media_type):
        kind = item_type(content)
        return content.items if not kind or is_json(kind) or textual(kind) else None
    return content.items if essence(content.media_type) in SEQUENCES else None


def data_of(api: Api, content: Content) -> Where | None:
    """The schema of the JSON that the data of each event is, where `itemSchema` says it.

    https://spec.openapis.org/oas/v3.2.0.html#server-sent-event-streams
    """
    items = items_of(content) if is_event_stream(content.media_type) else None
    data = None if items is None else properties(api, items).get("data")
    if data is None or not is_json(str(keyword(api, data, "contentMediaType"))):
        return None
    return child(api, data, "contentSchema")


def told_of(content: Content) -> Where | None:
    """The schema that stands for the items of a sequence where `itemSchema` says nothing.

    Before OpenAPI 3.2 a description had no other place to say what a line or an event holds.
    """
    is_sequence = content.items is None and essence(content.media_type) in SEQUENCES
    return content.schema if is_sequence else None


def item_type(content: Content) -> str:
    """The media type of each part of a body of parts, where it is said."""
    said = content.item_encoding.get("contentType")
    return _written_as(said) if is_mixed(content.media_type) else ""


def is_mixed(media_type: str) -> bool:
    """Whether a body is parts without names, one item each."""
    return essence(media_type) == _MIXED


def is_multipart(media_type: str) -> bool:
    """Whether a body is a form in parts."""
    return essence(media_type) == MULTIPART


def is_event_stream(media_type: str) -> bool:
    """Whether a body is a stream of server-sent events."""
    return essence(media_type) == EVENT_STREAM


def is_xml(media_type: str) -> bool:
    """Whether a body is XML that is handed over as bytes (RFC 7303, section 8)."""
    kind = essence(media_type)
    return kind == "application/xml" or kind.endswith("+xml")


def textual(media_type: str) -> bool:
    """Whether a body of this media type is read as text."""
    return essence(media_type).startswith("text/")
