"""The templates: where they are, what they may use, and their hash.

An installed wheel has them in `generator/_templates`, a checkout beside the package. Undefined
names are errors, and no template can reach more than the view it is given and the quoting filters.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import jinja2

import generator
import generator.emit.layout as layout
import generator.emit.quote as quote

_PACKAGE = Path(generator.__file__).parent


@cache
def folder() -> Path:
    """Where the templates are."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """The templates with the filters that print what plan decided."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters |= {
        "assigned": layout.assigned,
        "cell": quote.cell,
        "code": layout.code,
        "comment": quote.comment,
        "declared": layout.declared,
        "docstring": quote.docstring,
        "imported": layout.imported,
        "literal": quote.literal,
        "markdown": quote.markdown,
        "returned": layout.returned,
        "span": quote.span,
        "toml": quote.toml,
    }
    return made


@cache
def digest() -> str:
    """The SHA-256 of all templates."""
    found = hashlib.sha256()
    for path in sorted(folder().rglob("*.jinja")):
        found.update(f"{path.relative_to(folder()).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()
