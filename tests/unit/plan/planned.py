"""Packages for tests: planned and rendered from a fragment of YAML."""

from __future__ import annotations

from collections.abc import Mapping

from generator.api import build
from generator.diagnostics import Diagnostics
from generator.emit import Files, render
from generator.emit.black_style import black_style
from generator.plan import Package, plan
from generator.plan.back_end import Library
from tests.described import described, resolved_of


def planned(
    body: str,
    *,
    names: Mapping[str, str] | None = None,
    version: str = "3.1.0",
    library: Library = "msgspec",
) -> tuple[Package, list[str]]:
    """The package of a fragment, and what was said of it: `code pointer`."""
    diagnostics = Diagnostics()
    resolved = resolved_of(described(body, version=version), diagnostics)
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    package = plan(api, package="acme", names=names or {}, library=library, diagnostics=diagnostics)
    said = [f"{each.code} {getattr(each.where, 'pointer', '')}" for each in diagnostics]
    return package, said


def rendered(body: str, *, version: str = "3.1.0", library: Library = "msgspec") -> Files:
    """The files of a fragment, in which nothing is unsafe."""
    diagnostics = Diagnostics()
    resolved = resolved_of(described(body, version=version), diagnostics)
    assert resolved is not None
    api = build(resolved, diagnostics)
    assert api is not None
    package = plan(api, package="acme", library=library, diagnostics=diagnostics)
    files = render(package, diagnostics, black_style)
    unsafe = [each.message for each in diagnostics if each.code == "output-unsafe"]
    assert not unsafe
    return files


def fields_of(body: str, name: str) -> dict[str, str]:
    """The fields of one model with their types, in one line each."""
    package, _ = planned(body)
    struct = next(each for each in package.models.structs if each.name == name)
    return {
        field.name: " ".join(field.annotation.split()) + (" =" if field.default is not None else "")
        for field in struct.fields
    }


def thing(properties: str, *, more: str = "", method: str = "get") -> str:
    """A fragment with one operation that answers, and takes for other methods, a Thing."""
    body = (
        ""
        if method == "get"
        else """
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}"""
    )
    return f"""\
paths:
  /things:
    {method}:
      operationId: doThing{body}
      responses:
        "200":
          description: A thing.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}
components:
  schemas:
    Thing:
      type: object
{more}      properties:
{properties}
"""
