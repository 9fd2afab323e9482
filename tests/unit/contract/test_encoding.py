"""Bodies as the contract suite writes them: forms in parts."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest

from generator.contract.drawing.encoding import written
from tests.described import api_of

API = api_of(r"""
    paths:
      /a:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema:
                  properties:
                    name: {type: string}
                    photo: {type: string, format: binary}
                    icon: {contentMediaType: image/png}
                    code: {type: string, contentMediaType: text/x-c, contentEncoding: base64}
                    scans: {type: array, items: {type: string, format: binary}}
                    more: {type: object}
                    said: {type: string, format: binary}
                    hostile: {type: object}
                encoding:
                  said: {contentType: 'image/gif; q=1, image/png'}
                  photo: {contentType: 'image/*'}
                  hostile: {contentType: "a/b; c=\"\r\nX-Y: z\""}
          responses: {"200": {description: ok}}
    """)
[CONTENT] = API.operations[0].body.content if API.operations[0].body else ()


def parts(value: object) -> list[Message]:
    kind, body = written(API, CONTENT.media_type, CONTENT, value)
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    found = whole.get_payload()
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, Message)]


@pytest.mark.parametrize(
    ("name", "value", "media_type", "file"),
    [
        ("name", "a", None, None),
        ("name", 7, None, None),
        ("photo", "...", "application/octet-stream", "lockstep"),
        ("icon", "...", "image/png", "lockstep"),
        ("code", "YQ==", "text/x-c", None),
        ("more", {"a": 1}, "application/json", None),
        ("said", "...", "image/gif", "lockstep"),
        ("hostile", {}, "a/b", None),
        ("unknown", "a", None, None),
    ],
)
def test_a_part_is_told_as_it_is_described(
    name: str, value: object, media_type: str | None, file: str | None
) -> None:
    for part in parts({name: value}):
        assert part.get_param("name", header="Content-Disposition") == name
        assert (part.get("Content-Type"), part.get_filename()) == (media_type, file)
        assert set(part.keys()) <= {"Content-Disposition", "Content-Type"}


def test_an_array_is_a_part_an_item() -> None:
    found = parts({"scans": ["a", "b"], "name": "x"})
    assert [each.get_filename() for each in found] == ["lockstep", "lockstep", None]
    assert [each.get_payload() for each in found] == ["a", "b", "x"]
