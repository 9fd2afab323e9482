"""JSON text (RFC 8259) to plain data.

Refused, with a position: what is not well-formed, the literals NaN and Infinity, escapes that make
no character. Duplicate keys are reported at their lines, and the last one counts; only then, and
for nesting beyond what the standard library recurses through, is the marked reader asked.
"""

from __future__ import annotations

import json
import re

import generator.document.events as events
from generator.diagnostics import Diagnostics
from generator.document.document import Json
from generator.document.marked import read_marked
from generator.document.refusal import Refusal, span_at

_STRING = r'"(?:[^"\\]|\\.)*"'
_CONSTANT = re.compile(rf"{_STRING}|(NaN|-?Infinity)", re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)", re.DOTALL
)


def read_json(name: str, text: str, diagnostics: Diagnostics) -> Json:
    """The data in a JSON text, its duplicate keys reported; raises `Refusal`."""
    repeated = False

    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal repeated
        mapping = dict(pairs)
        repeated = repeated or len(mapping) != len(pairs)
        return mapping

    try:
        root: Json = json.loads(text, object_pairs_hook=members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Refusal("syntax", error.msg.lower(), span_at(name, text, error.pos)) from None
    except _Constant:
        raise _constant_refusal(name, text) from None
    except (RecursionError, ValueError):
        # Nesting deeper than the interpreter's stack, or an integer longer than it converts.
        return read_marked(name, text, diagnostics)
    _refuse_lone_surrogates(name, text)
    if repeated:
        read_marked(name, events.without_surrogates(text), diagnostics)
    return root


class _Constant(Exception):
    """A literal that JSON does not have."""


def _refuse_constant(literal: str) -> Json:
    raise _Constant(literal)


def _constant_refusal(name: str, text: str) -> Refusal:
    found = next((match for match in _CONSTANT.finditer(text) if match[1]), None)
    literal, offset = (found[1], found.start(1)) if found is not None else ("NaN", 0)
    return Refusal("syntax", f"{literal} is no value in JSON", span_at(name, text, offset))


def _refuse_lone_surrogates(name: str, text: str) -> None:
    if _SURROGATE.search(text) is None:
        return
    lone = next((match for match in _ESCAPE.finditer(text) if match[1]), None)
    if lone is not None:
        message = "an escape stands for half a character (a lone surrogate)"
        raise Refusal("syntax", message, span_at(name, text, lone.start()))
