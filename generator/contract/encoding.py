"""A body as its media type writes it: JSON, the two kinds of forms, else its text.

In come a value and what the description says of it, out come the Content-Type and the bytes. The
same value is always written alike; objects within forms are JSON.
https://spec.openapis.org/oas/v3.1.1.html#encoding-object
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

from generator.api.model import Content
from generator.contract.pointer import is_array, mapping
from generator.wire import MediaType


def written(media_type: str, content: Content | None, value: object) -> tuple[str, bytes]:
    """The Content-Type of a body and its bytes."""
    kind = MediaType.parse(media_type)
    encoding: Mapping[str, Mapping[str, object]] = content.encoding if content else {}
    if isinstance(value, bytes):
        return media_type, value
    if kind is not None and kind.essence == "application/x-www-form-urlencoded":
        pairs = (f"{quote_plus(name)}={quote_plus(text)}" for name, text in _pairs(value, encoding))
        return media_type, "&".join(pairs).encode()
    if kind is not None and kind.essence == "multipart/form-data":
        return _in_parts(kind.essence, value)
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


def _in_parts(essence: str, value: object) -> tuple[str, bytes]:
    pairs = [*_pairs(value, {})]
    boundary = hashlib.sha256(repr(pairs).encode()).hexdigest()[:32]
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{text}\r\n'
        for name, text in pairs
    )
    return f"{essence}; boundary={boundary}", f"{''.join(parts)}--{boundary}--\r\n".encode()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    # https://html.spec.whatwg.org/#multipart-form-data
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
