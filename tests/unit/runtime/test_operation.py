"""What is worked out from the facts of an operation: narrowing, bodies of fields, header fields."""

from __future__ import annotations

from typing import Any

import pytest

from generator.runtime import (
    UNSET,
    Answer,
    Body,
    DecodeError,
    HeadedResponse,
    HeaderFields,
    Operation,
    RawResponse,
    Request,
    UnsetType,
    field,
)
from tests.unit.runtime.facts import FAULTS, GET, Thing, get
from tests.unit.runtime.probe import answer

CSV, JSON, FORM = "text/csv", "application/json", "application/x-www-form-urlencoded"
REPORT = get(
    method="PUT",
    accept=f"{JSON}, {CSV}",
    responses=(Answer("200", JSON, Thing), Answer("200", CSV, str), Answer("204"), *FAULTS),
    body=Body(JSON, required=True, omit=("/id",)),
    bodies=(Body(FORM, required=True),),
)


def test_an_operation_narrowed_is_made_once() -> None:
    assert REPORT.narrowed() is REPORT
    narrow = REPORT.narrowed(accept=CSV, content_type=FORM)
    assert narrow is REPORT.narrowed(accept=CSV, content_type=FORM)
    assert narrow.accept == f"{CSV}, {JSON}"
    assert narrow.responses == (Answer("200", CSV, str), Answer("204"), *FAULTS)
    assert narrow.body == Body(FORM, required=True)
    assert REPORT.narrowed(content_type=JSON).body == REPORT.body
    assert narrow.readings is not REPORT.readings


def test_the_default_answer_is_a_success_where_there_is_no_other() -> None:
    only: Operation[Any] = get(responses=(Answer("default", CSV, str), Answer("4XX", JSON, Thing)))
    assert only.narrowed(accept=CSV).accept == f"{CSV}, {JSON}"
    with pytest.raises(ValueError, match="getThing does not answer in 'application/json'"):
        only.narrowed(accept=JSON)


def test_media_types_that_are_not_offered_are_refused() -> None:
    with pytest.raises(ValueError, match="does not answer in 'text/html'"):
        REPORT.narrowed(accept="text/html")
    with pytest.raises(ValueError, match="takes no body of 'text/html'"):
        REPORT.narrowed(content_type="text/html")
    with pytest.raises(ValueError, match="takes no body"):
        GET.narrowed(content_type=JSON)


def test_a_body_is_given_or_made_of_fields() -> None:
    assert GET.filled({"a": 1}, Thing, {}) == {"a": 1}
    assert GET.filled(UNSET, Thing, {}, role=UNSET) is UNSET
    assert GET.filled(UNSET, Thing, {"name": "x"}) == Thing(name="x")
    assert GET.filled(UNSET, Thing, {}, name="x") == Thing(name="x")
    with pytest.raises(TypeError, match=r"a body or its fields \(name\), not both"):
        GET.filled({}, Thing, {"name": "x"})
    with pytest.raises(TypeError, match=r"getThing: .*colour"):
        GET.filled(UNSET, Thing, {"name": "x", "colour": 1})


class Limits(HeaderFields, frozen=True, kw_only=True):
    left: int = field(name="X-Left")
    sizes: list[int] | UnsetType = field(default=UNSET, name="X-Sizes")
    full: bool | UnsetType = field(default=UNSET, name="X-Full")


def headed(**headers: str) -> HeadedResponse[Any, Limits]:
    raw: RawResponse[Any] = RawResponse(GET, None, answer(200, b"{}", **headers))  # type: ignore[arg-type]
    return HeadedResponse(raw, Limits)


def test_header_fields_are_typed() -> None:
    found = headed(x_left="3", x_sizes="1,2 , 3", x_full="false").typed_headers
    assert (found.left, found.sizes, found.full) == (3, [1, 2, 3], False)
    assert headed(x_left="3").typed_headers.sizes is UNSET
    for wrong in ({}, {"x_left": "three"}, {"x_left": "1", "x_sizes": "a"}):
        with pytest.raises(DecodeError, match="X-"):
            _ = headed(**wrong).typed_headers


class Objects(HeaderFields, frozen=True, kw_only=True):
    rate: dict[str, int] | UnsetType = field(default=UNSET, name="X-Rate")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a,1, b ,2", {"a": 1, "b": 2}),
        ("a=1, b = 2", {"a": 1, "b": 2}),
        ("a,1,b", {"a": 1}),
        ("", {}),
    ],
)
def test_objects_in_header_fields(text: str, wanted: dict[str, int]) -> None:
    response = answer(200, b"{}", x_rate=text)
    raw = RawResponse(GET, Request(method="GET", origin="", target="/"), response)
    assert HeadedResponse(raw, Objects).typed_headers.rate == wanted
