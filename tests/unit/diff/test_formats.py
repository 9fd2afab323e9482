"""The change report for people: colours at a terminal alone, approvals, nothing that it obeys."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from generator.diagnostics import Span
from generator.diff import Bump, Comparison, as_html, as_markdown, render
from generator.diff.formats.words import shown
from tests.unit.diff.pairs import document, verdicts

FINE: dict[str, Any] = {"responses": {"200": {"description": "fine"}}}


def comparison(old: Any, new: Any, approved: dict[int, str] | None = None) -> Comparison:
    found = verdicts(document(old), document(new))
    return Comparison("old", "new", found, approved or {}, (), Bump.MAJOR, Bump.NONE)


def printed(told: Comparison, *, terminal: bool = False) -> str:
    base, revision = spans(told)
    console = Console(file=io.StringIO(), force_terminal=terminal, width=80, _environ={})
    render(told, base, revision, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


REMOVED = ({"paths": {"/a": {"get": FINE}, "/b": {"get": FINE}}}, {"paths": {"/a": {"get": FINE}}})


def test_colours_are_for_terminals() -> None:
    told = comparison(*REMOVED)
    assert "\x1b[1;31m" in printed(told, terminal=True)
    assert "\x1b" not in printed(told)


def test_what_is_approved_says_by_what_reason() -> None:
    told = comparison(*REMOVED, approved={0: "nobody calls it", 1: "nobody calls it"})
    assert "Approved: nobody calls it" in printed(told)
    assert "(approved: nobody calls it)" in as_markdown(told, *spans(told))
    assert "Approved: nobody calls it" in as_html(told, *spans(told))


def spans(told: Comparison) -> Any:
    before, after = told.places()
    return {each: Span("old", 1, 1) for each in before}, {each: Span("new", 1, 1) for each in after}


def test_markup_of_rich_is_text() -> None:
    path = "/[bold]x[/bold]"
    told = comparison(
        {"paths": {"/a": {"get": FINE}}}, {"paths": {"/a": {"get": FINE}, path: {"get": FINE}}}
    )
    assert path in printed(told)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, "GET /b"),
        (
            {
                "parameters": [
                    {"name": "q", "in": "query", "required": True, "schema": {"const": "a b"}}
                ]
            },
            "GET /b?q=a+b",
        ),
        (
            {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"const": 1}}},
                }
            },
            "GET /b, Content-Type: application/json, body 1",
        ),
    ],
)
def test_a_request_is_told_as_people_write_it(members: Any, said: str) -> None:
    old = {"paths": {"/a": {"get": FINE}, "/b": {"get": {**FINE, **members}}}}
    (verdict,) = [each for each in comparison(old, REMOVED[1]).verdicts if each.site.path == "/b"]
    assert shown(verdict) == f"Shown by {said}, which only the base describes."


def test_a_long_value_is_cut() -> None:
    schema = {"const": "a" * 900}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    old = {"paths": {"/a": {"get": FINE}, "/b": {"put": {**FINE, "requestBody": body}}}}
    (verdict,) = [each for each in comparison(old, REMOVED[1]).verdicts if each.site.path == "/b"]
    assert len(shown(verdict)) < 300
