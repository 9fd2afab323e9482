"""One description from its file to an imported client, with the time of each stage.

In: a path and where to write. Out: a `Row`. It is meant to run in a process of its own: it imports
the generated package, and its peak of memory is the process's.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args, get_origin

import black
import msgspec
import pydantic

from generator.api import Api, build, check_examples
from generator.compose.generate import WAIVED
from generator.compose.verdict import exit_code
from generator.diagnostics import Diagnostics, Where
from generator.document import Resolved, load
from generator.document.validate import validate
from generator.emit import Files, render, write
from generator.emit.black_style import black_style
from generator.plan import plan
from generator.plan.back_end import Library
from tests.corpus.row import Row

_DECODERS: dict[Library, Callable[[Any], object]] = {
    "msgspec": msgspec.json.Decoder,
    "pydantic": lambda kind: pydantic.TypeAdapter[Any](kind).rebuild(),
}
_METHODS = frozenset("get put post delete options head patch trace query".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """What to do beyond generating."""

    out: Path
    validates: bool = False
    formats: bool = False
    imports: bool = True
    library: Library = "msgspec"


def run(path: Path, name: str, asked: Asked) -> Row:
    """Generate one description and look at the result."""
    row, started = Row(name), time.perf_counter()
    try:
        _generate(path, row, asked)
    except Exception:
        row.outcome, row.seconds = "traceback", time.perf_counter() - started
        row.faults.append("".join(traceback.format_exc(limit=-6)))
    return row


def _generate(path: Path, row: Row, asked: Asked) -> None:
    diagnostics = Diagnostics()
    started = time.perf_counter()
    try:
        files = _files(path, row, asked, diagnostics)
    finally:
        row.codes = dict(Counter(each.code for each in diagnostics))
        row.messages = [f"{each.code} {each.where}: {each.message}" for each in diagnostics]
    if files is None:
        row.outcome = "refused"
    else:
        row.outcome = "generated"
        row.digest = hashlib.sha256(files.manifest.text().encode()).hexdigest()
        directory = asked.out / row.name
        with _timed(row, "write"):
            write(directory, files)
    row.seconds = time.perf_counter() - started
    row.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if files is not None:
        _look_at(asked.out / row.name, files, row, asked)


def _files(path: Path, row: Row, asked: Asked, diagnostics: Diagnostics) -> Files | None:
    with _timed(row, "read"):
        resolved = load(str(path), diagnostics, reader=lambda name: Path(name).read_bytes())
    if resolved is None:
        return None
    row.declared = _declared(resolved)
    if asked.validates and not diagnostics.fatal:
        with _timed(row, "validate"):
            validate(resolved, diagnostics)
    with _timed(row, "build"):
        api = build(resolved, diagnostics)
    if api is None or diagnostics.fatal:
        return None
    if asked.validates:
        with _timed(row, "validate"):
            check_examples(api, diagnostics)
    return _rendered(api, row, diagnostics, asked.library)


def _rendered(api: Api, row: Row, diagnostics: Diagnostics, library: Library) -> Files | None:
    with _timed(row, "plan"):
        package = plan(api, package=row.name, library=library, diagnostics=diagnostics)
    row.generated = sum(len(each.methods) for each in package.resources)
    if exit_code(diagnostics, WAIVED):
        return None
    with _timed(row, "render"):
        files = render(package, diagnostics, black_style)
    row.stages |= files.seconds
    return None if exit_code(diagnostics, WAIVED) else files


def _declared(resolved: Resolved) -> int:
    """How many operations the text declares, counted without the code under test."""
    where = Where(resolved.root.name, "/paths")
    paths: Any = cast("dict[str, Any]", resolved.root.root).get("paths")
    items = [key for key in cast("dict[str, Any]", paths or {}) if not key.startswith("x-")]
    return sum(_methods(resolved, where.at(key)) for key in items)


def _methods(resolved: Resolved, where: Where) -> int:
    """The operations of one path item, which may be a reference."""
    try:
        item: Any = resolved.value(resolved.deref(where))
    except LookupError:
        return 0
    found = cast("dict[str, object]", item if isinstance(item, dict) else {})
    more = cast("dict[str, object]", found.get("additionalOperations") or {})
    named = sum(method in _METHODS and isinstance(each, dict) for method, each in found.items())
    return named + len(more)


@contextmanager
def _timed(row: Row, stage: str) -> Generator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        row.stages[stage] = row.stages.get(stage, 0.0) + time.perf_counter() - started


def _look_at(directory: Path, files: Files, row: Row, asked: Asked) -> None:
    """Parse, import and, where asked, format what was generated."""
    modules = {p: t for p, t in files.texts.items() if p.endswith(".py") and "_runtime" not in p}
    for path, text in modules.items():
        try:
            ast.parse(text)
        except (SyntaxError, ValueError) as error:
            row.faults.append(f"{path} does not parse: {error}")
    if asked.formats:
        row.black = sum(black.format_str(t, mode=black.Mode()) != t for t in modules.values())
    if asked.imports and not row.faults:
        sys.path.insert(0, str(directory))
        for path in modules:
            name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            _import(name, row, asked.library)


def _import(name: str, row: Row, library: Library) -> None:
    """Import a module and make the decoders of all its answers."""
    try:
        module = importlib.import_module(name)
    except Exception as error:
        row.faults.append(f"{name} does not import: {type(error).__name__}: {error}"[:300])
        return
    for constant, fact in vars(module).items():
        answers = () if isinstance(fact, type) else getattr(fact, "responses", ())
        for answer in answers:
            try:
                _DECODERS[library](_decoded(answer.type))
            except Exception as error:
                message = f"{name}.{constant} {answer.status} does not decode: {error}"
                row.faults.append(message[:300])


def _decoded(kind: Any) -> Any:
    """What of an answer's type there is a decoder for: of events that is what they carry."""
    item = get_args(kind)[0] if get_origin(kind) is list else None
    is_event = getattr(get_origin(item), "__module__", "").endswith("._runtime.lines")
    return get_args(item)[0] if is_event else kind
