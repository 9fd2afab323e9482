"""Bodies that are forms, urlencoded or in parts (RFC 7578): read by the schemas of their members.

In come bytes, out comes the object that the schema judges; a name that is sent several times is an
array where the schema says so, else the last one counts. A field whose encoding states a style is
read as a parameter is. A file is the text of its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

import msgspec

import generator.api.texts as texts
from generator.api import walk
from generator.api.forms import styled_fields
from generator.api.model import Api, Content, Parameter
from generator.diagnostics import Where
from generator.mock.calls import Refused
from generator.mock.values import is_array
from generator.wire import MediaType, fields, is_json

_BREAK = b"\r\n"


def urlencoded(api: Api, content: Content, text: str) -> dict[str, Any]:
    """The object of an urlencoded form."""
    given: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _malformed("it is not UTF-8") from None
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return _object(api, content, given)


def in_parts(api: Api, content: Content, sent: MediaType, data: bytes) -> dict[str, Any]:
    """The object of a form in parts, which is refused where its parts cannot be told apart."""
    given: dict[str, list[str]] = {}
    for part in _parts(sent.parameter("boundary") or "", data):
        head, found, body = part.partition(_BREAK * 2)
        name = _name(head)
        if not found or name is None:
            raise _malformed("a part has no name")
        given.setdefault(name, []).append(_text(body))
    return _object(api, content, given)


def _parts(boundary: str, data: bytes) -> Sequence[bytes]:
    """What stands between the delimiters (RFC 2046, section 5.1.1), each with its head."""
    delimiter = _BREAK + b"--" + boundary.encode("latin-1", "replace")
    _, *parts = (_BREAK + data).split(delimiter)
    if not boundary or not parts or not parts[-1].startswith(b"--"):
        raise _malformed("its boundaries are not complete")
    return [each.lstrip(b" \t").removeprefix(_BREAK) for each in parts[:-1]]


def _name(head: bytes) -> str | None:
    for line in _text(head).split("\r\n"):
        field, _, value = line.partition(":")
        if field.strip().lower() == "content-disposition":
            kind, mark, rest = value.strip().partition(";")
            found, _ = fields.parameters(mark + rest)
            return fields.first(found, "name") if kind.strip().lower() == "form-data" else None
    return None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _malformed(reason: str) -> Refused:
    return Refused("malformed-body", "body", reason=reason)


def _object(api: Api, content: Content, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    known = walk.properties(api, content.schema) if content.schema is not None else {}
    styled = styled_fields(api, content)
    read, spread = _spread(api, styled.values(), given)
    for name, sent in given.items():
        if name in styled and styled[name].schema is not None:
            read[name] = texts.reader(api, styled[name])(sent)
        elif name not in spread:
            read[name] = _member(api, content, name, known.get(name), sent)
    return read


def _spread(
    api: Api, styled: Iterable[Parameter], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], set[str]]:
    """Objects whose members stand in the form on their own, and the names of all of these."""
    read: dict[str, Any] = {}
    names: set[str] = set()
    for each in styled:
        found = texts.spread_members(api, each, given) if texts.is_spread(api, each) else {}
        names |= {name for name, _ in found.values()}
        if found and each.schema is not None:
            sent = {inner: given_texts for inner, (_, given_texts) in found.items()}
            read[each.name] = texts.members(api, each.schema, sent)
    return read, names


def _member(api: Api, content: Content, name: str, place: Where | None, sent: Sequence[str]) -> Any:
    if place is None:
        return sent[-1]
    types = texts.types_of(api, place)
    if "array" not in types:
        return _value(sent[-1], types)
    if is_json(str(content.encoding.get(name, {}).get("contentType", ""))):
        values = [_value(each, frozenset(("object",))) for each in sent]
        return values[0] if len(values) == 1 and is_array(values[0]) else values
    items = walk.child(api, place, "items")
    inner = texts.types_of(api, items) if items is not None else frozenset[str]()
    return [_value(each, inner) for each in sent]


def _value(text: str, types: frozenset[str]) -> Any:
    """The text as one of the types; objects are JSON."""
    if "object" in types:
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError:
            return text
    return texts.typed(text, types)
