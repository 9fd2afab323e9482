"""Everything for one API: description, client, mock, contract suite, and calls through the client.

In: an entry of the configuration. Out: a `Verdict`, with a row an operation. Each side is proven
against the others: the mock against the description by the suite, the client against both, the
committed client against a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from generator.api import Api, CallRecord
from generator.compose.calling.answers import Answers
from generator.compose.calling.drive import MODES, Came, Client, Tally, drive
from generator.compose.calling.recorded import steps
from generator.compose.configuration import ApiEntry
from generator.compose.contract import contract_run, exit_code_of
from generator.compose.generate import generate
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.compose.verdict import exit_code
from generator.contract import Called, Event, Finished, Options, Target
from generator.contract.engine.part import schemathesis
from generator.document import Reader
from generator.document.validate import validate
from generator.emit import Difference, compare
from generator.emit.black_style import black_style
from generator.mock.answering.ranges import concrete

Listener = Callable[[Event], None]


_NONE = Tally()


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: the statuses that the suite saw, and what the clients' calls came to.

    `client` has, by mode, the calls on the mock; `answers` were drawn from the description; `steps`
    are those of the lockstep part.
    """

    operation: str
    statuses: tuple[int, ...]
    client: dict[str, Tally]
    answers: Tally = _NONE
    steps: Tally = _NONE

    @property
    def reached(self) -> dict[str, bool]:
        """By suite and client, whether a success was reached."""
        suite = any(200 <= status < 300 for status in self.statuses)
        client = {mode: each.calls > 0 and not each.faults for mode, each in self.client.items()}
        return {"suite": suite} | client

    @property
    def faults(self) -> int:
        """How often the client saw something else than it should."""
        return len(self.answers.faults) + len(self.steps.faults)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one API; the later parts are missing where an earlier one failed."""

    name: str
    loaded: Loaded
    differences: tuple[Difference, ...] = ()
    finished: Finished | None = None
    rows: tuple[Row, ...] = ()

    @property
    def code(self) -> int:
        """0 fine, 1 findings, 2 could not do it or nothing was tested."""
        code = exit_code(self.loaded.diagnostics)
        if code == 2 or self.finished is None:
            return max(code, 1)
        wrong = any(row.faults or not all(row.reached.values()) for row in self.rows)
        return max(code, exit_code_of(self.finished), int(bool(self.differences) or wrong))

    @property
    def summary(self) -> str:
        """How it ended, in a few words."""
        if self.finished is None:
            return "the description is at fault"
        if self.code == 2:
            return self.finished.down or "nothing was tested"
        if self.differences:
            return f"{len(self.differences)} generated files differ"
        found = len(self.finished.report.findings)
        unreached = sum(not all(row.reached.values()) for row in self.rows)
        given = sum(row.answers.calls + row.steps.calls for row in self.rows)
        wrong = sum(row.faults for row in self.rows)
        said = f"{len(self.rows)} operations, {self.finished.report.calls} calls"
        said = f"{said}, {found} findings, {unreached} operations not reached"
        return f"{said}; the client got {given} answers, {wrong} of them wrongly"


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Verdicts as JSON: a list of objects with name, code, summary, findings and operations."""
    made = [
        {
            "name": each.name,
            "code": each.code,
            "summary": each.summary,
            "differences": [
                {"path": d.path, "kind": d.kind, "causes": d.causes} for d in each.differences
            ],
            "findings": [
                {"id": found.id, "operation": found.operation, "message": found.message}
                for found in (each.finished.report.findings if each.finished else ())
            ],
            "operations": [
                {
                    "operation": row.operation,
                    "statuses": row.statuses,
                    "reached": row.reached,
                    "answers": {"calls": row.answers.calls, "faults": row.answers.faults},
                    "steps": {"calls": row.steps.calls, "faults": row.steps.faults},
                }
                for row in each.rows
            ],
        }
        for each in verdicts
    ]
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode()


def verify(
    entry: ApiEntry,
    *,
    reader: Reader,
    seed: int,
    listen: Listener,
    remote: Reader | None = None,
) -> Verdict:
    """Check, compare, serve, test and call one API."""
    loaded = load_api(
        entry.spec, reader=reader, overlays=entry.overlays, validate=validate, remote=remote
    )
    generated = generate(loaded, entry, style=black_style)
    if loaded.api is None or generated is None:
        return Verdict(entry.name, loaded)
    differences = tuple(compare(Path(entry.out), generated.files)) if entry.out else ()
    tested = _tested(loaded, loaded.api, seed, listen)
    rows = _without_client(loaded.api)
    if entry.out and not differences:
        client = Client(Path(entry.out).resolve(), generated.package)
        rows = _called(loaded, loaded.api, client, tested, seed)
    rows = tuple(_with_statuses(row, tested.finished) for row in rows)
    return Verdict(entry.name, loaded, differences, tested.finished, rows)


@dataclass(slots=True)
class _Tested:
    """What is kept of a run of the suite on the mock: its end, and the calls to make again."""

    finished: Finished | None = None
    successes: list[CallRecord] = field(default_factory=list[CallRecord])
    steps: list[CallRecord] = field(default_factory=list[CallRecord])

    def note(self, event: Event) -> None:
        """Keep what is of use."""
        if isinstance(event, Finished):
            self.finished = event
        elif isinstance(event, Called) and event.call.part == "lockstep":
            self.steps.append(event.call)
        elif isinstance(event, Called) and _shows_success(event.call):
            self.successes.append(event.call)


def _shows_success(call: CallRecord) -> bool:
    return call.part == "smoke" and 200 <= call.response.status < 300


def _tested(loaded: Loaded, api: Api, seed: int, listen: Listener) -> _Tested:
    """Run the suite on the mock."""
    tested = _Tested()
    with served(api, auth=api.secured, seed=seed) as mock:
        target = Target(mock.url, mock.principals, disposable=True)
        for event in contract_run(loaded, target, Options(seed=seed), schemathesis):
            listen(event)
            tested.note(event)
    return tested


def _without_client(api: Api) -> tuple[Row, ...]:
    missing: dict[str, Tally] = dict.fromkeys(MODES, _NONE)
    return tuple(Row(operation.name, (), missing) for operation in api.operations)


def _called(
    loaded: Loaded, api: Api, client: Client, tested: _Tested, seed: int
) -> tuple[Row, ...]:
    """Make calls through the committed client: on the mock, and on answers that it is given."""
    methods = client.methods
    described = concrete(api, only_json=True)
    exchanges = {
        "answers": list(Answers(described, seed, loaded.diagnostics).exchanges(methods)),
        "steps": list(steps(described, methods, tested.steps)),
    }
    came: dict[str, Came] = {}
    for mode in MODES:
        with served(api, auth=api.secured, seed=seed) as mock:
            caller = next(iter(mock.principals), None)
            came[mode] = drive(api, client, mode, mock.url, caller, tested.successes, exchanges)
    return tuple(_row(operation.name, came) for operation in api.operations)


def _row(operation: str, came: Mapping[str, Came]) -> Row:
    seen = {
        kind: [each.exchanges[kind].get(operation, _NONE) for each in came.values()]
        for kind in ("answers", "steps")
    }
    return Row(
        operation=operation,
        statuses=(),
        client={mode: each.calls.get(operation, _NONE) for mode, each in came.items()},
        answers=sum(seen["answers"], _NONE),
        steps=sum(seen["steps"], _NONE),
    )


def _with_statuses(row: Row, finished: Finished | None) -> Row:
    outcomes = finished.report.outcomes if finished else ()
    found = next((each for each in outcomes if each.operation == row.operation), None)
    return replace(row, statuses=tuple(found.statuses) if found else ())
