"""The templates: where they are, what they may use, and their hash.

An installed wheel has them in `generator/_templates`, a checkout beside the package. Undefined
names are errors, and no template can reach more than the view it is given and the quoting filters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

import generator
import generator.emit.layout as layout
import generator.emit.quote as quote

Recall = Callable[[str], bytes | None]
Remember = Callable[[str, bytes], None]
"""What was kept under a key, and keeping it."""

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
    filters: dict[str, Any] = {
        "assigned": layout.assigned,
        "cell": quote.cell,
        "code": layout.code,
        "comment": quote.comment,
        "declared": layout.declared,
        "decorated": layout.decorated,
        "docstring": quote.docstring,
        "imported": layout.imported,
        "linked": quote.linked,
        "literal": quote.literal,
        "markdown": quote.markdown,
        "returned": layout.returned,
        "span": quote.span,
        "toml": quote.toml,
    }
    made.filters.update(filters)
    return made


def remember_compiled(recall: Recall, remember: Remember) -> None:
    """Keep compiled templates beyond this process; compiling takes a tenth of a second."""
    environment().bytecode_cache = _Compiled(recall, remember)


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates by key; what does not fit the template's text is compiled anew."""

    def __init__(self, recall: Recall, remember: Remember) -> None:
        self._recall = recall
        self._remember = remember

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where something is known."""
        code = self._recall(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        self._remember(bucket.key, bucket.bytecode_to_string())


@cache
def digest() -> str:
    """The SHA-256 of all templates."""
    found = hashlib.sha256()
    for path in sorted(folder().rglob("*.jinja")):
        found.update(f"{path.relative_to(folder()).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()
