"""Whether every model takes and gives back what its schema allows.

`python -m tests.corpus.round_trip [DIR] [--only REGEX] [--count N] [--models LIBRARY]` draws N valid values for every
record and every JSON answer of every description, decodes each with the generated client, encodes
what came out, and compares (1 equals 1.0, true does not). A row a description, then what failed; `unmeant` are
values that a schema allows by an oversight, as a text for what has properties and no type.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.api import Api, build
from generator.api.jsonschema import Direction
from generator.compose.calling.instances import Instances
from generator.compose.calling.structure import Structure
from generator.compose.generate import WAIVED
from generator.compose.verdict import exit_code
from generator.diagnostics import Diagnostics, Where
from generator.document import load
from generator.emit import render, write
from generator.emit.black_style import black_style
from generator.mock.samples import generator
from generator.mock.values import ABSENT
from generator.plan import Package, plan
from generator.plan.answers import read_places
from generator.plan.arguments import write_places
from generator.plan.back_end import Library
from generator.plan.names import Names
from generator.plan.reach import Reach
from generator.plan.shapes import Shapes
from generator.wire import is_json
from tests.corpus.documents import CORPUS, documents

_VARIANT = re.compile(r" \((?:class|request)\)$")
_SHOWN = 300
_DRAWS = 4
"""Draws for each value that is asked for: what may be null is drawn as null, too."""


@dataclass(slots=True)
class Trip:
    """What became of one description."""

    name: str
    records: int = 0
    answers: int = 0
    values: int = 0
    without_values: list[str] = field(default_factory=list[str])
    failures: list[str] = field(default_factory=list[str])
    failed: int = 0
    explained: int = 0
    unmeant: int = 0
    seconds: float = 0.0
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many values, and where clients are written."""

    out: Path
    count: int
    verbose: bool = False
    library: Library = "msgspec"


def trip(path: Path, name: str, asked: Asked) -> Trip:
    """Take every record of one description there and back."""
    found, started = Trip(name), time.process_time()
    try:
        _travel(path, found, asked)
    except Exception:
        found.failures.append(traceback.format_exc(limit=-4))
        found.failed += 1
    found.seconds = time.process_time() - started
    return found


def _travel(path: Path, found: Trip, asked: Asked) -> None:
    diagnostics = Diagnostics()
    resolved = load(str(path), diagnostics, reader=lambda name: Path(name).read_bytes())
    api = None if resolved is None else build(resolved, diagnostics)
    if api is None or diagnostics.fatal:
        found.refused = ", ".join(each.code for each in diagnostics)
        return
    package = plan(api, package=found.name, library=asked.library, diagnostics=diagnostics)
    files = render(package, diagnostics, black_style)
    if exit_code(diagnostics, WAIVED):
        found.refused = ", ".join({each.code for each in diagnostics})
        return
    directory = asked.out / found.name
    write(directory, files)
    sys.path.insert(0, str(directory))
    _compare_all(api, package, found, asked, _explained(diagnostics))


def _explained(diagnostics: Diagnostics) -> re.Pattern[str]:
    """Differences that a diagnostic has announced: a tag that came in nobody's name."""
    said = {each.message.split("'")[1] for each in diagnostics if each.code == "tag-assumed"}
    return re.compile(
        rf"\.(?:{'|'.join(map(re.escape, sorted(said)))}) is added;" if said else "(?!)"
    )


def _compare_all(
    api: Api, package: Package, found: Trip, asked: Asked, explained: re.Pattern[str]
) -> None:
    client = Client(package.name)
    drawers: dict[Direction, Instances] = {}
    judges: dict[Direction, Structure] = {}
    for kind, place, label, direction in (
        *client.records(api, package),
        *client.answers(api, package),
    ):
        drawer = drawers.setdefault(direction, Instances(api, direction))
        meant = judges.setdefault(direction, Structure(api, direction, frozenset()))
        found.records += label.startswith("models.")
        found.answers += not label.startswith("models.")
        before = found.values
        for number in range(asked.count * _DRAWS):
            if found.values - before == asked.count:
                break
            value = drawer.draw(place, generator(number, place, direction))
            if value is ABSENT or not (isinstance(value, dict) or not label.startswith("models.")):
                continue
            found.values += 1
            fault = client.fault(kind, value)
            if explained.search(fault):
                found.explained += 1
            elif fault and meant.fault(place, value) is not None:
                found.unmeant += 1
            elif fault:
                found.failed += 1
                found.failures.append(f"{label} {place.pointer}: {fault}")
                if not asked.verbose:
                    break
        if found.values == before:
            found.without_values.append(f"{label} {place.pointer}")


class Client:
    """A generated package, as far as values go in and out of it."""

    def __init__(self, name: str) -> None:
        self._models = importlib.import_module(f"{name}.models")
        self._name = name
        self._runtime = {
            part: importlib.import_module(f"{name}._runtime.{part}")
            for part in ("body", "decode", "messages", "operation")
        }
        self._body = self._runtime["operation"].Body("application/json", extra=True)

    def records(self, api: Api, package: Package) -> Iterator[tuple[Any, Where, str, Direction]]:
        """Every class of the models module with its schema."""
        table = Names({}, Diagnostics(), api.where)
        places = {table.key(place) or "#": place for place in api.schemas}
        reach = Reach(Shapes(api), read_places(api), write_places(api))
        written_only = reach.write.keys() - reach.read.keys()
        for key, name in package.names.items():
            place = places.get(_VARIANT.sub("", key))
            kind = getattr(self._models, name, None)
            if place is None or not _is_model(kind):
                continue
            if key.endswith(")") or api.schemas[place].name:
                request = key.endswith(" (request)")
                written = request or (
                    f"{key} (request)" not in package.names and place in written_only
                )
                yield kind, place, f"models.{name}", "request" if written else "response"

    def answers(self, api: Api, package: Package) -> Iterator[tuple[Any, Where, str, Direction]]:
        """Every JSON answer that is no bare record, each schema once."""
        seen: set[Where] = set()
        for resource in package.resources:
            module = importlib.import_module(f"{self._name}.{resource.module}")
            for fact in vars(module).values():
                if isinstance(fact, self._runtime["operation"].Operation):
                    for each in _answered(api, fact, resource.module):
                        if each[1] not in seen:
                            seen.add(each[1])
                            yield each

    def fault(self, kind: Any, value: Any) -> str:
        """How what came back differs from what was sent; nothing where it does not."""
        text = json.dumps(value)
        try:
            answer = self._runtime["messages"].Response(200, _no_headers(self), text.encode())
            decoded = self._runtime["decode"].decode_json(answer, kind)
            _, encoded = self._runtime["body"].encode_body(self._body, "application/json", decoded)
        except Exception as error:
            return f"{type(error).__name__}: {error}; of {text[:_SHOWN]}"
        back = json.loads(encoded)
        if equal(value, back):
            return ""
        return f"{_difference(value, back)}; of {text[:_SHOWN]}"


def _answered(api: Api, fact: Any, module: str) -> Iterator[tuple[Any, Where, str, Direction]]:
    """The JSON answers of one operation with their schemas."""
    operation = api.operation(fact.id)
    assert operation is not None
    for answer in fact.responses:
        for response in operation.responses:
            for content in response.content if response.status == answer.status else ():
                known = content.media_type == answer.media_type and content.schema is not None
                if known and is_json(content.media_type) and not _is_model(answer.type):
                    yield answer.type, content.schema, f"{module} {answer.status}", "response"


def _is_model(kind: Any) -> bool:
    """Whether a type is a class of fields, of msgspec's or of pydantic's making."""
    return hasattr(kind, "__struct_fields__") or hasattr(kind, "model_fields")


def _no_headers(client: Client) -> Any:
    return client._runtime["messages"].Headers([])


def equal(one: Any, other: Any) -> bool:
    """Equality of JSON: numbers by value, true and 1 apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _difference(one: Any, other: Any, at: str = "$") -> str:
    """The first place where two documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            if name not in one or name not in other:
                return f"{at}.{name} is {'added' if name in other else 'lost'}"
            if not equal(one[name], other[name]):
                return _difference(one[name], other[name], f"{at}.{name}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            if not equal(left, right):
                return _difference(left, right, f"{at}[{number}]")
    return f"{at} was {json.dumps(one)[:80]}, is {json.dumps(other)[:80]}"


def trips(paths: list[tuple[str, Path]], asked: Asked, jobs: int) -> Iterator[Trip]:
    """Descriptions one after another, in processes of their own."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = [pool.submit(trip, path, name, asked) for name, path in paths]
        for done in as_completed(waiting):
            yield done.result()


def main() -> int:
    """Print the report; 1 where anything came back changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS / "real")
    parser.add_argument("--only", default="", help="a regular expression for paths")
    parser.add_argument("--count", type=int, default=8, help="values for each record")
    parser.add_argument("--models", choices=["msgspec", "pydantic"], default="msgspec")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true", help="every failure, not one a record")
    asked = parser.parse_args()
    root = asked.folder.resolve()
    paths = [
        ("a_" + re.sub(r"\W+", "_", str(path.relative_to(root))).lower(), path)
        for path in documents(root)
        if re.search(asked.only, str(path.relative_to(root)))
    ]
    with tempfile.TemporaryDirectory(prefix="round-trip-") as out:
        settings = Asked(Path(out), asked.count, asked.verbose, asked.models)
        found = []
        for each in trips(paths, settings, asked.jobs):
            found.append(each)
            _print(each, verbose=asked.verbose)
    return _totals(found)


def _print(each: Trip, *, verbose: bool) -> None:
    said = f"refused: {each.refused}" if each.refused else f"{each.failed} failed"
    print(
        f"{each.name:44.44} {each.records:6} records {each.answers:5} answers"
        f" {each.values:7} values {len(each.without_values):4} undrawn {said} {each.seconds:.1f} s",
        flush=True,
    )
    for fault in each.failures[: None if verbose else 5]:
        print("     ", fault)
    for undrawn in each.without_values if verbose else ():
        print("      no value was found for", undrawn)


def _totals(found: list[Trip]) -> int:
    count: Counter[str] = Counter()
    for each in found:
        count.update(
            descriptions=1,
            refused=bool(each.refused),
            records=each.records,
            answers=each.answers,
            values=each.values,
            undrawn=len(each.without_values),
            failures=each.failed,
            explained=each.explained,
            unmeant=each.unmeant,
        )
    print(", ".join(f"{number} {what}" for what, number in count.items()))
    return int(bool(count["failures"]))


if __name__ == "__main__":
    sys.exit(main())
