"""Everything for one API: description, client, mock, contract suite, and calls through the client.

In: an entry of the configuration. Out: a `Verdict`, with a row an operation. Each side is proven
against the others: the suite against the mock, the client against the mock, the committed client
against a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.api import Api, CallRecord
from generator.compose.calling.answers import Answers
from generator.compose.calling.drive import MODES, Client, Tally, drive, give
from generator.compose.calling.recorded import steps
from generator.compose.configuration import ApiEntry
from generator.compose.contract import contract_run, exit_code_of
from generator.compose.generate import Generated, generate
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.compose.verdict import exit_code
from generator.contract import Called, Event, Finished, Options, Target
from generator.contract.engine_part import schemathesis
from generator.document import Reader
from generator.document.validate import validate
from generator.emit import Difference, compare
from generator.emit.black_style import black_style

Listener = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: the statuses that the suite saw, and what the clients' calls came to."""

    operation: str
    statuses: tuple[int, ...]
    client: dict[str, str | None]

    @property
    def reached(self) -> dict[str, bool]:
        """By suite and client, whether a success was reached."""
        suite = any(200 <= status < 300 for status in self.statuses)
        return {"suite": suite} | {mode: error == "" for mode, error in self.client.items()}


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
        unreached = not all(all(row.reached.values()) for row in self.rows)
        return max(code, exit_code_of(self.finished), int(bool(self.differences) or unreached))

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
        said = f"{len(self.rows)} operations, {self.finished.report.calls} calls"
        return f"{said}, {found} findings, {unreached} operations not reached"


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
                {"operation": row.operation, "statuses": row.statuses, "reached": row.reached}
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
    finished, records = _tested(loaded, loaded.api, seed, listen)
    outcomes = _called(loaded.api, entry, generated, records, seed) if not differences else {}
    return Verdict(entry.name, loaded, differences, finished, _rows(loaded.api, finished, outcomes))


def _tested(
    loaded: Loaded, api: Api, seed: int, listen: Listener
) -> tuple[Finished | None, list[CallRecord]]:
    """Run the suite on the mock; its last event, and the successful calls of its first part."""
    records: list[CallRecord] = []
    finished: Finished | None = None
    with served(api, auth=api.secured, seed=seed) as mock:
        target = Target(mock.url, mock.principals, disposable=True)
        for event in contract_run(loaded, target, Options(seed=seed), schemathesis):
            listen(event)
            if isinstance(event, Called) and _shows_success(event.call):
                records.append(event.call)
            elif isinstance(event, Finished):
                finished = event
    return finished, records


def _shows_success(call: CallRecord) -> bool:
    return call.part == "smoke" and 200 <= call.response.status < 300


def _called(
    api: Api, entry: ApiEntry, generated: Generated, records: Sequence[CallRecord], seed: int
) -> dict[str, dict[str, str]]:
    """By mode and operation, what became of the calls through the committed client."""
    client = Client(Path(entry.out).resolve(), generated.package)
    outcomes: dict[str, dict[str, str]] = {}
    for mode in MODES:
        with served(api, auth=api.secured, seed=seed) as mock:
            principal = next(iter(mock.principals), None)
            outcomes[mode] = drive(api, client, records, mock.url, principal, mode)
    return outcomes


def _rows(
    api: Api, finished: Finished | None, outcomes: dict[str, dict[str, str]]
) -> tuple[Row, ...]:
    seen = {each.operation: each for each in finished.report.outcomes} if finished else {}
    return tuple(
        Row(
            operation=operation.name,
            statuses=tuple(seen[operation.name].statuses) if operation.name in seen else (),
            client={mode: outcomes.get(mode, {}).get(operation.name) for mode in MODES},
        )
        for operation in api.operations
    )
