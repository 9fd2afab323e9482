"""Whether every model takes and gives back what its schema allows.

`python -m tests.corpus.round_trip [DIR] [--only REGEX] [--count N] [--models LIBRARY]` draws N valid values for every
record and every JSON answer of every description, decodes each with the generated client, encodes
what came out, and compares (1 equals 1.0, true does not); `empty` are those that nothing fits,
`undrawn` those for which nothing was found. A row a description, then what failed, and what a diagnostic
of the description has explained: a tag that is sent in nobody's name, or a text for what has
properties and no type.
"""

from __future__ import annotations

import argparse
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
from itertools import islice
from pathlib import Path
from typing import Any

from generator.api import Api, build
from generator.api.jsonschema import Direction
from generator.compose.calling.instances import Instances
from generator.compose.calling.structure import Structure
from generator.compose.generate import WAIVED
from generator.compose.verdict import exit_code
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.emit import render, write
from generator.emit.black_style import black_style
from generator.mock.samples import generator
from generator.mock.values import ABSENT
from generator.plan import plan
from generator.plan.back_end import Library
from tests.corpus.documents import CORPUS, documents
from tests.corpus.empty import Empty
from tests.corpus.values import Client, Goal

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
    empty: int = 0
    failures: list[str] = field(default_factory=list[str])
    failed: int = 0
    explained: Counter[str] = field(default_factory=Counter[str])
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
    client, explanations = Client(package.name), Explanations(api, diagnostics)
    travel = Travel(api, client, found, asked)
    for goal in (*client.records(api, package), *client.answers(api, package)):
        travel.there_and_back(goal, explanations)


class Explanations:
    """Differences that a diagnostic has announced."""

    def __init__(self, api: Api, diagnostics: Diagnostics) -> None:
        said = {each.message.split("'")[1] for each in diagnostics if each.code == "tag-assumed"}
        names = "|".join(map(re.escape, sorted(said)))
        self._api = api
        self._tags = re.compile(rf"\.(?:{names}) is added;" if said else "(?!)")
        self._types = any(each.code == "type-assumed" for each in diagnostics)
        self._meant: dict[Direction, Structure] = {}

    def code(self, fault: str, goal: Goal, value: Any) -> str:
        """The code of the diagnostic that said it, nothing where none did."""
        if self._tags.search(fault):
            return "tag-assumed"
        if goal.direction not in self._meant:
            self._meant[goal.direction] = Structure(self._api, goal.direction, frozenset())
        differs = self._types and self._meant[goal.direction].fault(goal.place, value) is not None
        return "type-assumed" if differs else ""


class Travel:
    """Values of one description on their way through its client."""

    def __init__(self, api: Api, client: Client, found: Trip, asked: Asked) -> None:
        self._client = client
        self._found = found
        self._asked = asked
        self._drawers: dict[Direction, Instances] = {
            way: Instances(api, way) for way in ("request", "response")
        }
        self._empty: dict[Direction, Empty] = {
            way: Empty(api, way) for way in ("request", "response")
        }

    def there_and_back(self, goal: Goal, explanations: Explanations) -> None:
        """As many values of one schema as are asked for."""
        found, before = self._found, self._found.values
        found.records += goal.is_record
        found.answers += not goal.is_record
        for value in self._drawn(goal):
            found.values += 1
            fault = self._client.fault(goal.kind, value)
            if fault and (code := explanations.code(fault, goal, value)):
                found.explained[code] += 1
            elif fault:
                found.failed += 1
                found.failures.append(f"{goal.label} {goal.place.pointer}: {fault}")
                if not self._asked.verbose:
                    break
        if found.values == before and self._is_empty(goal):
            found.empty += 1
        elif found.values == before:
            found.without_values.append(f"{goal.label} {goal.place.pointer}")

    def _drawn(self, goal: Goal) -> Iterator[Any]:
        """Values that fit; of a record objects alone."""
        drawer = self._drawers[goal.direction]
        seeds = range(self._asked.count * _DRAWS)
        drawn = (drawer.draw(goal.place, generator(n, goal.place, goal.direction)) for n in seeds)
        fitting = (each for each in drawn if each is not ABSENT)
        kept = (each for each in fitting if isinstance(each, dict) or not goal.is_record)
        return islice(kept, self._asked.count)

    def _is_empty(self, goal: Goal) -> bool:
        empty = self._empty[goal.direction]
        return empty.of_objects(goal.place) if goal.is_record else empty.of_all(goal.place)


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
        f" {each.values:7} values {each.empty:4} empty {len(each.without_values):4} undrawn {said} {each.seconds:.1f} s",
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
            empty=each.empty,
            undrawn=len(each.without_values),
            failures=each.failed,
        )
        count.update({f"explained by {code}": n for code, n in each.explained.items()})
    print(", ".join(f"{number} {what}" for what, number in count.items()))
    return int(bool(count["failures"]))


if __name__ == "__main__":
    sys.exit(main())
