"""Answers whose media type is a range, as `*/*`: what the mock writes them as.

In comes an Api, out comes the same with a media type for each such answer of JSON, text or bytes;
no message has a range for its Content-Type (RFC 9110, section 8.3). Other ranges stay.
"""

from __future__ import annotations

from msgspec.structs import replace

from generator.api import walk
from generator.api.model import Api, Content, Operation, Response
from generator.wire import MediaType

_JSON = MediaType("application", "json")


def concrete(api: Api, *, only_json: bool = False) -> Api:
    """The Api with media types for ranges, or for those of JSON alone."""
    spelled = tuple(_operation(api, each, only_json) for each in api.operations)
    return replace(api, operations=spelled)


def _operation(api: Api, operation: Operation, only_json: bool) -> Operation:
    if not any("*" in each.media_type for r in operation.responses for each in r.content):
        return operation
    responses = tuple(_response(api, each, only_json) for each in operation.responses)
    return replace(operation, responses=responses)


def _response(api: Api, response: Response, only_json: bool) -> Response:
    kinds = [_media_type(api, each) for each in response.content]
    content = tuple(
        each if only_json and kind != str(_JSON) else replace(each, media_type=kind)
        for each, kind in zip(response.content, kinds, strict=True)
    )
    return replace(response, content=content)


def _media_type(api: Api, content: Content) -> str:
    if "*" not in content.media_type:
        return content.media_type
    asked = MediaType.parse(content.media_type)
    if asked is not None and asked.type == "text":
        return "text/plain"
    if asked is None or not (asked.is_json or asked.matches(_JSON)):
        return content.media_type
    types = walk.types(api, content.schema) if content.schema is not None else frozenset[str]()
    if types - {"null"} != frozenset(("string",)) or content.schema is None or asked.is_json:
        return str(_JSON)
    is_binary = walk.keyword(api, content.schema, "format") == "binary"
    return "application/octet-stream" if is_binary or asked.type != "*" else "text/plain"
