"""Forms with styles: what the client and the suite write, the mock reads back, in either kind."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, strategies

import generator.mock.reading.forms as forms
from generator.api.model import Content
from generator.contract.drawing.encoding import written
from generator.plan.media import form_fields
from generator.runtime import Body, Parameter
from generator.runtime.body import encode_body
from generator.runtime.form_fields import FormFields
from generator.wire import MediaType
from tests.described import api_of

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
API = """\
components:
  schemas:
    Pair: {type: object, properties: {a: {type: string}, b: {type: integer}}}
    Form:
      type: object
      properties:
        plain: {type: string}
        many: {type: array, items: {type: integer}}
        flat: {type: array, items: {type: string}}
        spaced: {type: array, items: {type: string}}
        piped: {type: array, items: {type: string}}
        deep: {$ref: '#/components/schemas/Pair'}
        spread:
          type: object
          properties:
            c: {type: string}
            d: {type: boolean}
            g: {type: array, items: {type: string}}
        packed: {type: object, properties: {e: {type: string}, f: {type: number}}}
        barred: {$ref: '#/components/schemas/Pair'}
        json: {$ref: '#/components/schemas/Pair'}
        jsons: {type: array, items: {$ref: '#/components/schemas/Pair'}}
        whole: {type: array, items: {type: string}}
        reserved: {type: string}
paths:
  /form:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded: &form
            schema: {$ref: '#/components/schemas/Form'}
            encoding:
              flat: {explode: false}
              spaced: {style: spaceDelimited, explode: false}
              piped: {style: pipeDelimited}
              deep: {style: deepObject, explode: true}
              spread: {style: form}
              packed: {style: form, explode: false}
              barred: {style: pipeDelimited, explode: false}
              whole: {contentType: application/json}
              reserved: {allowReserved: true}
          multipart/form-data: *form
      responses: {"204": {description: ok}}
"""


def _text(without: str = "") -> strategies.SearchStrategy[str]:
    return strategies.text(
        strategies.characters(exclude_categories=["Cs"], exclude_characters=without), max_size=8
    )


def _texts(without: str = "") -> strategies.SearchStrategy[list[str]]:
    return strategies.lists(_text(without), min_size=1, max_size=3)


def _object(**members: strategies.SearchStrategy[Any]) -> strategies.SearchStrategy[Any]:
    return strategies.fixed_dictionaries({}, optional=members).filter(bool)


_NUMBERS = strategies.integers(-1000, 1000)
_PAIR = _object(a=_text(), b=_NUMBERS)
# No style says which of its delimiters are of a value.
FORMS = strategies.fixed_dictionaries(
    {},
    optional={
        "plain": _text(),
        "many": strategies.lists(_NUMBERS, min_size=1, max_size=3),
        "flat": _texts(","),
        "spaced": _texts(" "),
        "piped": _texts("|"),
        "deep": _PAIR,
        "spread": _object(c=_text(), d=strategies.booleans(), g=_texts()),
        "packed": _object(e=_text(","), f=strategies.floats(-9, 9).map(lambda n: round(n, 2))),
        "barred": _object(a=_text("|"), b=_NUMBERS),
        "json": _PAIR,
        "jsons": strategies.lists(_PAIR, min_size=1, max_size=3),
        "whole": _texts(),
        "reserved": _text("%"),
    },
)
DESCRIBED = api_of(API)
CONTENTS = {
    each.media_type: each
    for each in (DESCRIBED.operations[0].body.content if DESCRIBED.operations[0].body else ())
}


def _read(content: Content, kind: str, data: bytes) -> Any:
    if content.media_type == FORM:
        return forms.urlencoded(DESCRIBED, content, data.decode())
    sent = MediaType.parse(kind)
    assert sent is not None
    return forms.in_parts(DESCRIBED, content, sent, data)


@pytest.mark.parametrize("media_type", [FORM, MULTIPART])
@given(form=FORMS)
def test_the_mock_reads_what_the_client_writes(media_type: str, form: dict[str, Any]) -> None:
    content = CONTENTS[media_type]
    fields = tuple(
        Parameter(*cast("Any", each.positional), **cast("Any", each.keywords))
        for each in form_fields(DESCRIBED, content)
    )
    kind, data = encode_body(Body(media_type, fields=fields), media_type, form)
    assert isinstance(data, bytes)
    assert _read(content, kind, data) == form


@pytest.mark.parametrize("media_type", [FORM, MULTIPART])
@given(form=FORMS)
def test_the_mock_reads_what_the_suite_writes(media_type: str, form: dict[str, Any]) -> None:
    content = CONTENTS[media_type]
    kind, data = written(DESCRIBED, media_type, content, form)
    assert _read(content, kind, data) == form


def test_a_form_before_3_1_has_no_styles_in_parts() -> None:
    older = api_of(API, version="3.0.3")
    body = older.operations[0].body
    assert body is not None
    told = {each.media_type: sorted(each.encoding["deep"]) for each in body.content}
    assert told == {FORM: ["explode", "style"], MULTIPART: []}


def test_fields_make_a_form_by_name() -> None:
    make = FormFields({"self": "self", "b": "b[]", "c": "C"}, needed=("b",), always={"c": 1})
    assert make(b=[1]) == {"b[]": [1], "C": 1}
    assert make(self=2, b=1, c=3) == {"self": 2, "b[]": 1, "C": 3}
    with pytest.raises(TypeError, match="Missing required argument 'b'"):
        make()
    with pytest.raises(TypeError, match=r"Unexpected keyword argument 'b\[\]'"):
        make(**{"b[]": 1})
