# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Request bodies: a value and a media type in, bytes and the Content-Type to send out.

JSON is written from models, mappings and lists, forms from models and mappings, text from strings,
what is a sequence of items from a list of these;
every other media type takes bytes, or what is read as bytes while it is sent: files and iterators.
A value that does not suit its media type is a TypeError.
"""

import os
from collections.abc import AsyncIterable, Iterator, Mapping, Sequence
from typing import IO, Any, TypeAlias, TypeGuard
from urllib.parse import unquote

from msgspec import UNSET, Struct

from .json_text import json_text, plain_json
from .messages import checked, essence, is_json
from .models import is_model, sent_fields
from .operation import Body, Parameter
from .parameters import Pair, query_pairs
from .parts import MIXED
from .plain import is_mapping, is_sequence
from .pointer import discard, tokens
from .sending import holds_more, plain_of
from .sequences import is_sequence_of_json, written
from .upload import Content, Upload, is_content, is_file
from .uri import encode

_FILE = "Content-Disposition: attachment"


class Part(Struct, frozen=True):
    """A value in a multipart form with header fields of its own."""

    value: Any
    headers: Mapping[str, str] = {}
    media_type: str = ""
    """What the description says where this is empty."""


class File(Struct, frozen=True):
    """A file in a multipart form; an open file, too, may stand there under its own name."""

    name: str
    content: Content
    media_type: str = ""
    """What the description says where this is empty, else application/octet-stream."""
    headers: Mapping[str, str] = {}


FileLike: TypeAlias = (
    bytes
    | IO[bytes]
    | os.PathLike[str]
    | Iterator[bytes]
    | AsyncIterable[bytes]
    | File
    | tuple[str, Content]
    | tuple[str, Content, str]
)
"""What a file in a multipart form is given as; a tuple is its name, content and media type."""


def encode_body(body: Body, media_type: str, value: Any) -> tuple[str, bytes | Upload]:
    """The Content-Type of a body and its bytes, or what reads them."""
    kind = essence(media_type)
    if is_json(kind):
        return media_type, _json(body, value)
    if kind == "application/x-www-form-urlencoded":
        return media_type, _form(body, value)
    if kind == "multipart/form-data":
        boundary = os.urandom(16).hex()
        return f"{kind}; boundary={boundary}", _multipart(body, value, boundary)
    if kind == MIXED and is_sequence(value) and not _is_of_bytes(value):
        boundary = os.urandom(16).hex()
        return f"{kind}; boundary={boundary}", _mixed(body, value, boundary)
    if is_sequence_of_json(kind) and is_sequence(value) and not _is_of_bytes(value):
        return media_type, written([_json(body, item) for item in value], kind)
    if isinstance(value, bytes | bytearray):
        return media_type, bytes(value)
    if isinstance(value, str):
        return media_type, value.encode()
    if is_content(value) or is_sequence(value):
        return media_type, Upload(value)
    raise TypeError(
        f"a body of {kind} is given as bytes, str, a file or an iterator of bytes,"
        f" not {type(value).__name__}"
    )


def _json(body: Body, value: object) -> bytes:
    if not body.omit and not is_mapping(value) and not holds_more(value):
        return json_text(value)
    plain = plain_of(value, extra=body.extra)
    for pointer in body.omit:
        discard(plain, tokens(pointer))
    return json_text(plain)


def _form(body: Body, value: object) -> bytes:
    pairs = [pair for name, item in _fields(value) for pair in _pairs(body.field(name), name, item)]
    return "&".join(f"{name}={text}" for name, text in pairs).encode()


def _pairs(fact: Parameter | None, name: str, item: object) -> list[Pair]:
    """A field of a form, encoded."""
    if fact is not None:
        return query_pairs(fact, item)
    return [(encode(name), encode(_text(element))) for element in _elements(item)]


def _multipart(body: Body, value: object, boundary: str) -> bytes | Upload:
    parts = [
        _part(*each)
        for name, item in _fields(value)
        for each in _named_parts(body.field(name), name, item)
    ]
    return _joined(parts, boundary)


def _named_parts(fact: Parameter | None, name: str, item: object) -> list[tuple[str, Any, str]]:
    """What a field of a form is as parts: the name, the content and the media type of each."""
    elements = _elements(item)
    has_style = fact is not None and (fact.style or fact.explode is not None)
    if fact is not None and has_style and not any(map(_is_given_as_file, elements)):
        # Only URLs are percent-encoded (RFC 7578, section 4.2).
        return [(unquote(n), unquote(text), "") for n, text in query_pairs(fact, item)]
    media_type = fact.media_type or "" if fact is not None else ""
    return [(name, each, media_type) for each in ([item] if is_json(media_type) else elements)]


def _is_given_as_file(value: object) -> bool:
    return isinstance(value, File | Part) or is_content(value) or _named_file(value) is not None


def _mixed(body: Body, value: Sequence[Any], boundary: str) -> bytes | Upload:
    return _joined([_unnamed(body, each) for each in value], boundary)


def _unnamed(body: Body, value: Any) -> tuple[bytes, Content]:
    """A part of a body whose parts have no names."""
    if isinstance(value, bytes | bytearray):
        value = Part(value, media_type=body.item_type or "application/octet-stream")
    elif not isinstance(value, File | Part | str) and not is_file(value):
        value = Part(_json(body, value), media_type=body.item_type or "application/json")
    return _part("", value, body.item_type)


def _joined(parts: Sequence[tuple[bytes, Content]], boundary: str) -> bytes | Upload:
    contents = [
        content for part in parts for content in (f"--{boundary}\r\n".encode(), *part, b"\r\n")
    ]
    contents.append(f"--{boundary}--\r\n".encode())
    whole = [content for content in contents if isinstance(content, bytes)]
    return b"".join(whole) if len(whole) == len(contents) else Upload(*contents)


def _part(name: str, value: Any, media_type: str) -> tuple[bytes, Content]:
    """The head and the content of a part; objects are JSON where nothing else is said.

    https://spec.openapis.org/oas/v3.1.1.html#encoding-object
    """
    value = _as_file(name, value)
    lines = [f'Content-Disposition: form-data; name="{_quoted(name)}"'] if name else []
    headers: Mapping[str, str] = {}
    if isinstance(value, File | Part):
        headers = value.headers
    if isinstance(value, Part):
        value, media_type = value.value, value.media_type or media_type
    if isinstance(value, File):
        lines = [f'{lines[0] if name else _FILE}; filename="{_quoted(value.name)}"']
        content: Content = value.content
        media_type = value.media_type or media_type or "application/octet-stream"
    elif is_content(value):
        content = value
    else:
        content = _text(value).encode()
        if is_mapping(value) or is_model(value):
            media_type = media_type or "application/json"
    lines += [f"Content-Type: {_line(media_type)}"] if media_type else []
    lines += [f"{name}: {_own(name, text)}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode(), content


def _as_file(name: str, value: Any) -> Any:
    """The file that a value is, under its own name where it has one; else the value."""
    named = _named_file(value)
    if named is not None:
        return named
    if _is_path(value):
        return File(os.path.basename(os.fspath(value)), value)
    if is_file(value):
        return File(os.path.basename(str(getattr(value, "name", name))), value)
    return File(name, value) if is_content(value) and name else value


def _named_file(value: object) -> File | None:
    """What a tuple of a name and content, maybe with a media type, stands for."""
    if not _is_tuple(value) or not 2 <= len(value) <= 3:
        return None
    name, content, *rest = value
    fits = isinstance(name, str) and is_content(content)
    fits = fits and all(isinstance(each, str) for each in rest)
    return File(name, content, *rest) if fits else None


def _is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)


def _is_path(value: object) -> TypeGuard[os.PathLike[str]]:
    return isinstance(value, os.PathLike)


def _own(name: str, value: str) -> str:
    """The value of a header field that a part may have of its own."""
    if name.lower() in ("content-disposition", "content-type"):
        raise ValueError(f"{name} of a part is made of its name and media type")
    return checked(name, value)


def _is_of_bytes(value: Sequence[Any]) -> bool:
    return bool(value) and all(isinstance(each, bytes | bytearray) for each in value)


def _fields(value: object) -> list[tuple[str, Any]]:
    """The set fields of a model or mapping, by wire name."""
    if is_mapping(value):
        return [(name, item) for name, item in value.items() if item is not UNSET]
    if is_model(value):
        return list(sent_fields(value))
    raise TypeError(f"a form is given as a model or mapping, not {type(value).__name__}")


def _elements(value: object) -> Sequence[Any]:
    return value if is_sequence(value) and _named_file(value) is None else [value]


def _text(value: Any) -> str:
    plain = value if isinstance(value, str) else plain_json(value)
    return plain if isinstance(plain, str) else json_text(plain).decode()


def _quoted(text: str) -> str:
    # https://html.spec.whatwg.org/#multipart-form-data : these three are escaped, no others.
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def _line(text: str) -> str:
    if any(mark in text for mark in "\r\n\0"):
        raise ValueError("the media type of a file holds a line break or a null")
    return text
