"""A body as its media type writes it: JSON, the two kinds of forms, else its text.

In come a value and what the description says of it, out come the Content-Type and the bytes. The
same value is always written alike; objects within forms are JSON, and what is binary is a file.
https://spec.openapis.org/oas/v3.1.1.html#encoding-object
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

from generator.api import walk
from generator.api.model import Api, Content
from generator.contract.pointer import is_array, is_object, mapping
from generator.diagnostics import Where
from generator.wire import MediaType


def written(api: Api, media_type: str, content: Content | None, value: object) -> tuple[str, bytes]:
    """The Content-Type of a body and its bytes."""
    kind = MediaType.parse(media_type)
    encoding: Mapping[str, Mapping[str, object]] = content.encoding if content else {}
    if isinstance(value, bytes):
        return media_type, value
    if kind is not None and kind.essence == "application/x-www-form-urlencoded":
        pairs = (f"{quote_plus(name)}={quote_plus(text)}" for name, text in _pairs(value, encoding))
        return media_type, "&".join(pairs).encode()
    if kind is not None and kind.essence == "multipart/form-data":
        return _in_parts(api, kind.essence, content, value)
    if isinstance(value, str) and kind is not None and kind.essence.startswith("text/"):
        return media_type, value.encode()
    return media_type, json.dumps(value, ensure_ascii=False).encode()


def _pairs(
    value: object, encoding: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[str, str]]:
    """The members of a form; an array is its items, one by one or joined as is declared."""
    for name, member in mapping(value).items():
        texts = [_text(each) for each in member] if is_array(member) else [_text(member)]
        whole = is_array(member) and encoding.get(name, {}).get("explode") is False
        yield from ((name, each) for each in ([",".join(texts)] if whole else texts))


def _in_parts(api: Api, essence: str, content: Content | None, value: object) -> tuple[str, bytes]:
    parts = [
        f"Content-Disposition: form-data; {head}\r\n\r\n{_text(each)}\r\n"
        for name, member in mapping(value).items()
        for each in (member if is_array(member) else [member])
        for head in [_head(name, *_kind_of(api, content, name, each))]
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
    said = mapping(content.encoding.get(name)).get("contentType") if content else None
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


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    # https://html.spec.whatwg.org/#multipart-form-data
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
