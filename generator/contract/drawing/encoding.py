"""A body as its media type writes it: JSON, the two kinds of forms, else its text.

In come a value and what the description says of it, out come the Content-Type and the bytes. The
same value is always written alike; objects within forms are JSON, and what is binary is a file.
https://spec.openapis.org/oas/v3.1.1.html#encoding-object
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from urllib.parse import quote_plus

from generator.api import walk
from generator.api.forms import styled_fields
from generator.api.model import Api, Content
from generator.contract.drawing.styles import Quote, pairs, text_of
from generator.contract.pointer import is_array, is_object, items, mapping
from generator.diagnostics import Where
from generator.wire import MediaType, is_json


def written(api: Api, media_type: str, content: Content | None, value: object) -> tuple[str, bytes]:
    """The Content-Type of a body and its bytes."""
    kind = MediaType.parse(media_type)
    if isinstance(value, bytes):
        return media_type, value
    if kind is not None and kind.essence == "application/x-www-form-urlencoded":
        found = _fields(api, content, value, quote_plus)
        return media_type, "&".join(f"{name}={text}" for name, text, _ in found).encode()
    if kind is not None and kind.essence == "multipart/form-data":
        return _in_parts(api, kind.essence, content, value)
    if isinstance(value, str) and kind is not None and kind.essence.startswith("text/"):
        return media_type, value.encode()
    return media_type, json.dumps(value, ensure_ascii=False).encode()


def _fields(
    api: Api, content: Content | None, value: object, quote: Quote
) -> Iterator[tuple[str, str, object]]:
    """The fields of a form: names and texts, and what each is of; an array is its items.

    One that is JSON as a whole, because its encoding says so, is one text.
    """
    styled = {} if content is None else styled_fields(api, content)
    for name, member in mapping(value).items():
        if name in styled:
            found = pairs(styled[name], member, quote)
            yield from ((inner, text, None) for inner, text in found)
        else:
            apart = is_array(member) and not is_json(_said(content, name))
            for each in items(member) if apart else [member]:
                yield quote(name), quote(text_of(each)), each


def _said(content: Content | None, name: str) -> str:
    """The media type that the encoding of a field states."""
    return str(mapping(content.encoding.get(name)).get("contentType") or "") if content else ""


def _in_parts(api: Api, essence: str, content: Content | None, value: object) -> tuple[str, bytes]:
    parts = [
        f"Content-Disposition: form-data; {head}\r\n\r\n{text}\r\n"
        for name, text, member in _fields(api, content, value, str)
        for head in [_head(name, *_kind_of(api, content, name, member))]
    ]
    boundary = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
    body = "".join(f"--{boundary}\r\n{part}" for part in parts)
    return f"{essence}; boundary={boundary}", f"{body}--{boundary}--\r\n".encode()


def _head(name: str, media_type: str, is_file: bool) -> str:
    called = f'name="{_quoted(name)}"' + ('; filename="lockstep"' if is_file else "")
    return called + (f"\r\nContent-Type: {media_type}" if media_type else "")


def _kind_of(api: Api, content: Content | None, name: str, member: object) -> tuple[str, bool]:
    """The media type of a part, empty where it is plain text, and whether it is a file."""
    place = _schema_of(api, content, name)
    keywords = walk.keywords(api, place) if place else dict[str, object]()
    holds = keywords.get("contentMediaType")
    is_file = keywords.get("format") == "binary" or (holds and "contentEncoding" not in keywords)
    said = _said(content, name)
    usual = "application/json" if is_object(member) else ""
    kinds = (said, holds, "application/octet-stream" if is_file else usual)
    return next((kind for kind in map(_media_type, kinds) if kind), ""), bool(is_file)


def _media_type(said: object) -> str:
    """The first of the media types that are named, empty where that is a range or none."""
    first = MediaType.parse(str(said or "").partition(",")[0])
    return first.essence if first and "*" not in first.essence else ""


def _schema_of(api: Api, content: Content | None, name: str) -> Where | None:
    """The schema of what a part holds: of an array, that of its items."""
    if content is None or content.schema is None:
        return None
    place = walk.properties(api, content.schema).get(name)
    return place and (walk.child(api, place, "items") or place)


def _quoted(text: str) -> str:
    # https://html.spec.whatwg.org/#multipart-form-data
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
