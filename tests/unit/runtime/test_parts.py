"""Bodies of parts are cut the same wherever their pieces end."""

from __future__ import annotations

import pytest

from generator.runtime.lines import LONGEST
from generator.runtime.messages import Headers
from generator.runtime.parts import Parts, parts

HEADERS = Headers([("Content-Type", "multipart/mixed; charset=x; boundary=b(1)")])
BODY = (
    b"--b(1)\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nX-A:  1 \r\n\r\none\r\n--b(1)x\r\n"
    b"\r\n--b(1)\t\r\n\r\n\r\n--b(1)\n\nbare\n--b(1)\r\nX-B: 2\r\n--b(1)--\r\nepilogue\r\n--b(1)\r\n"
)
WANTED = [
    ([("content-type", "text/plain; charset=utf-8"), ("x-a", "1")], b"one\r\n--b(1)x\r\n"),
    ([], b""),
    ([], b"bare"),
    ([("x-b", "2")], b""),
]


def test_a_whole_body() -> None:
    assert [(list(each.headers.items()), each.content) for each in parts(BODY, HEADERS)] == WANTED


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_pieces_may_end_anywhere(size: int) -> None:
    cutting = Parts(HEADERS)
    found = [
        (list(each.headers.items()), each.content)
        for start in range(0, len(BODY), size)
        for each in cutting.feed(BODY[start : start + size])
    ]
    cutting.end()
    assert found == WANTED


@pytest.mark.parametrize("body", [b"", b"--b(1)\r\n\r\none", b"--c\r\n\r\none\r\n--c--"])
def test_what_does_not_end_is_said(body: bytes) -> None:
    with pytest.raises(ValueError, match="the last part does not end"):
        list(parts(body, HEADERS))


def test_a_part_without_end_is_given_up() -> None:
    cutting = Parts(HEADERS)
    for _ in range(15):
        assert list(cutting.feed(b"x" * (LONGEST // 16))) == []
    with pytest.raises(ValueError, match="a part is longer than"):
        list(cutting.feed(b"x" * (LONGEST // 16)))


@pytest.mark.parametrize("said", ["", "multipart/mixed", "multipart/mixed; boundary="])
def test_a_boundary_must_be_named(said: str) -> None:
    with pytest.raises(ValueError, match="names no boundary"):
        Parts(Headers([("Content-Type", said)] if said else []))
