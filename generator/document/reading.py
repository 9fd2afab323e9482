"""From bytes to a `Document`: JSON or YAML, by the fastest reader that reads it rightly.

In come a name and bytes, out goes a document, or None with a diagnostic at the line and column of
the fault. A text that begins with a brace or bracket is JSON, unless its name says YAML.
"""

from __future__ import annotations

from generator.diagnostics import Diagnostics
from generator.document.decoding import decode
from generator.document.document import Document, Json
from generator.document.fast import NotRead, read_fast
from generator.document.json_text import read_json
from generator.document.marked import read_marked
from generator.document.refusal import Refusal

_YAML_SUFFIXES = (".yaml", ".yml")


def read(name: str, text: bytes, diagnostics: Diagnostics) -> Document | None:
    """The document in these bytes; None, and a fatal diagnostic, where there is none."""
    try:
        return Document(name, text, _root(name, decode(name, text), diagnostics))
    except Refusal as refusal:
        diagnostics.report(refusal.code, refusal.message, refusal.span)
        return None


def _root(name: str, text: str, diagnostics: Diagnostics) -> Json:
    if text.lstrip(" \t\r\n")[:1] not in ("{", "["):
        return _yaml(name, text, diagnostics)
    try:
        return read_json(name, text, diagnostics)
    except Refusal as refusal:
        if refusal.code == "syntax" and name.lower().endswith(_YAML_SUFFIXES):
            return read_marked(name, text, diagnostics)
        raise


def _yaml(name: str, text: str, diagnostics: Diagnostics) -> Json:
    try:
        return read_fast(text)
    except NotRead:
        return read_marked(name, text, diagnostics)
