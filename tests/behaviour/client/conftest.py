"""Generated clients for tests: a fragment becomes a package on disk, imported under its own name."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from generator.api import build
from generator.diagnostics import Diagnostics, Severity
from generator.emit import render, write
from generator.emit.black_style import black_style
from generator.plan import plan
from generator.plan.back_end import Library
from tests.described import described, resolved_of

Make = Callable[[str], Any]
_numbers = itertools.count(1)


@pytest.fixture(scope="module", params=["msgspec", "pydantic"])
def library(request: pytest.FixtureRequest) -> Library:
    """What models are made of: clients do the same with either."""
    return cast("Library", request.param)


@pytest.fixture(scope="module")
def make(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Generates and imports the client of a fragment, or of a whole description."""
    made: list[str] = []

    def generate(body: str) -> Any:
        name = f"client_of_test_{next(_numbers)}"
        diagnostics = Diagnostics()
        text = body if body.startswith("openapi:") else described(body)
        resolved = resolved_of(text, diagnostics)
        assert resolved is not None
        api = build(resolved, diagnostics)
        assert api is not None
        package = plan(api, package=name, library=library, diagnostics=diagnostics)
        files = render(package, diagnostics, black_style)
        assert diagnostics.worst < Severity.ERROR, list(diagnostics)
        folder = tmp_path_factory.mktemp(name)
        write(Path(folder), files)
        sys.path.insert(0, str(folder))
        made.append(str(folder))
        return importlib.import_module(name)

    yield generate
    for folder in made:
        sys.path.remove(folder)
