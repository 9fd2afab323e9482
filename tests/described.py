"""Descriptions for tests: a fragment of YAML becomes an Api, as the tool itself would read it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from generator.api import Api, build
from generator.diagnostics import Diagnostics, Where
from generator.document import Resolved, Spans, load

HEAD = """\
openapi: {version}
info: {{title: Test, version: "1"}}
servers: [{{url: "https://api.example.com"}}]
"""


def described(body: str, *, version: str = "3.1.0") -> str:
    """A whole description: the head that all share, and this body."""
    return HEAD.format(version=version) + textwrap.dedent(body)


def resolved_of(
    text: str, diagnostics: Diagnostics, files: Mapping[str, str] | None = None
) -> Resolved | None:
    """The description read as api.yaml, with other files beside it by name."""
    known = {"api.yaml": text, **(files or {})}

    def reader(name: str) -> bytes:
        try:
            return known[name].encode()
        except KeyError:
            raise FileNotFoundError(name) from None

    return load("api.yaml", diagnostics, reader=reader)


def api_of(body: str, *, version: str = "3.1.0") -> Api:
    """The Api of a fragment that is without fault."""
    api, said = api_and_diagnostics(body, version=version)
    assert api is not None, said
    assert not said, said
    return api


def api_and_diagnostics(body: str, *, version: str = "3.1.0") -> tuple[Api | None, list[str]]:
    """The Api of a fragment, and what is said: `line:column code message`, the head counted."""
    diagnostics = Diagnostics()
    resolved = resolved_of(described(body, version=version), diagnostics)
    api = build(resolved, diagnostics) if resolved and not diagnostics.fatal else None
    spans = Spans(resolved.documents.values() if resolved else ())
    said = [
        f"{span.line}:{span.column} {each.code} {each.message}"
        for each in diagnostics
        for span in [spans.find(each.where)]
    ]
    return api, said


def component(name: str) -> Where:
    """The place of a component schema of a fragment."""
    return Where("api.yaml", f"/components/schemas/{name}")
