"""Forms are read by the schemas of their members, urlencoded and in parts."""

from __future__ import annotations

import pytest

from tests.unit.mock.shop import Caller, caller

API = """\
components:
  schemas:
    Form:
      type: object
      required: [n]
      additionalProperties: false
      properties:
        n: {type: integer}
        tags: {type: array, items: {type: integer}}
        flat: {type: array, items: {type: integer}}
        about: {type: object, required: [a]}
        file: {type: string, maxLength: 4}
paths:
  /form:
    post:
      operationId: form
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {$ref: "#/components/schemas/Form"}
            encoding: {flat: {explode: false}}
      responses: {"204": {description: x}}
  /parts:
    post:
      operationId: parts
      requestBody: {content: {multipart/form-data: {schema: {$ref: "#/components/schemas/Form"}}}}
      responses: {"204": {description: x}}
"""
BOUNDED = "multipart/form-data; boundary=b"


@pytest.fixture(scope="module", name="call")
def _call() -> Caller:
    return caller(API)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"n=1", 204),
        (b"n=1&tags=1&tags=2", 204),
        (b"n=1&tags=1&tags=x", 400),
        (b"n=1&flat=1,2", 204),
        (b"n=1&flat=1,x", 400),
        (b"n=1&about=%7B%22a%22:1%7D", 204),
        (b"n=1&about=%7B%7D", 400),
        (b"n=1&about=%7B", 400),
        (b"n=x", 400),
        (b"tags=1", 400),
        (b"n=1&z=1", 400),
        (b"n=1&file=%FF", 400),
    ],
)
def test_an_urlencoded_form_is_judged(call: Caller, body: bytes, status: int) -> None:
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    assert call("POST", "/form", body, headers=headers).status == status


def part(name: str, body: bytes, more: str = "") -> bytes:
    """A part of a form, with what else its head says."""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + body


def form(*parts: bytes) -> bytes:
    """A form of these parts."""
    return b"\r\n".join([*parts, b"--b--"]) + b"\r\n"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (form(part("n", b"1")), 204),
        (b"preamble\r\n" + form(part("n", b"1")), 204),
        (form(part("n", b"1"), part("tags", b"1"), part("tags", b"2")), 204),
        (form(part("n", b"1"), part("tags", b"x")), 400),
        (form(part("n", b"1"), part("about", b'{"a": 1}')), 204),
        (form(part("n", b"1"), part("file", b"\xff\r\n\xfe", '; filename="a;b"')), 204),
        (form(part("n", b"1"), part("file", b"\xff" * 5, "; filename=a")), 400),
        (form(part("n", b"x")), 400),
        (form(part("z", b"1")), 400),
        (form(), 400),
        (part("n", b"1"), 400),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--", 400),
        (b"--b\r\n\r\n1\r\n--b--", 400),
        (b"--b\r\n--b--", 400),
        (b"xx", 400),
    ],
)
def test_a_form_in_parts_is_judged(call: Caller, body: bytes, status: int) -> None:
    headers = (("Content-Type", BOUNDED),)
    assert call("POST", "/parts", body, headers=headers).status == status


def test_parts_without_a_boundary_are_refused(call: Caller) -> None:
    headers = (("Content-Type", "multipart/form-data"),)
    assert call("POST", "/parts", form(part("n", b"1")), headers=headers).status == 400
