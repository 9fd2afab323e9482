"""What the suite says of a wrong server, column by column: laws without a model, lockstep.

In comes a server, out come verdicts; a row holds all that is said of one fault. Verdicts are kept by
the text of all that they depend on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache

from generator.compose.twin import MockTwin
from generator.contract import Called, Finished, Found, Options, Target, run
from generator.mock import serve
from generator.report import Finding, Severity
from tests.mutants.handmade import Handmade
from tests.mutants.kept import kept, mark
from tests.mutants.plain import plain
from tests.mutants.servers import BARE, Subject, subjects

COLUMNS = {"laws": ("smoke", "laws", "negatives", "auth"), "lockstep": ("lockstep",)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one column says: the rule that broke first, after how many calls, shown by how many."""

    rule: str = ""
    calls: int = 0
    shown: int = 0

    def __str__(self) -> str:
        return f"{self.rule or '-'} {self.calls}"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault, and what each column and plain schemathesis say of it; "" where it was not asked."""

    server: str
    about: str
    name: str
    origin: str
    verdicts: dict[str, Verdict]
    plain: str = ""

    @property
    def found(self) -> bool:
        """Whether any of ours finds it."""
        return any(each.rule for each in self.verdicts.values())

    @property
    def calls(self) -> int:
        """The calls of the column that was first to find it."""
        return min(each.calls for each in self.verdicts.values() if each.rule)


def verdict(subject: Subject, column: str, seed: int = 1) -> Verdict:
    """Run the parts of a column until they find something."""
    api, calls = subject.described.api, 0
    twin = MockTwin(api) if column == "lockstep" else None
    # Where no extension says what may come anywhere, what is not documented is a fault.
    options = Options(only=COLUMNS[column], seed=seed, strict=subject.server.startswith(BARE))
    with serve(subject.app) as server:
        target = Target(server.url + subject.base, subject.principals, disposable=True)
        events = run(api, {}, target, options, twin)
        for event in events:
            calls += isinstance(event, Called)
            if isinstance(event, Found) and event.finding.severity is Severity.ERROR:
                events.close()
                return Verdict(event.finding.rule, calls, len(event.finding.calls))
    return Verdict(calls=calls)


def findings(
    server: Handmade,
    text: str,
    parts: tuple[str, ...],
    seed: int = 1,
    laws: tuple[str, ...] = (),
) -> list[Finding]:
    """All that a whole run finds in a server written by hand, with this text."""
    with serve(server.app(text)) as served:
        target = Target(served.url, server.principals, disposable=True)
        options = Options(only=parts, laws=laws, seed=seed)
        *_, last = run(server.api, {}, target, options, MockTwin(server.api))
    assert isinstance(last, Finished)
    assert not last.down
    return list(last.report.findings)


def row(subject: Subject, *, plainly: bool = False) -> Row:
    """Judge one wrong server."""
    verdicts = {column: verdict(subject, column) for column in COLUMNS}
    said = plain(subject) if plainly else ""
    return Row(subject.server, subject.about, subject.name, subject.origin, verdicts, said)


@cache
def _subjects(server: str) -> dict[str, Subject]:
    return {each.name: each for each in subjects(server)}


def judged(server: str, name: str, plainly: bool) -> Row:
    """The row of a fault by its name, judged now or before."""
    subject = _subjects(server)[name]
    described = subject.described.text
    verdicts = {
        column: Verdict(
            **json.loads(
                kept(
                    (mark("generator"), described, server, column, subject.mark),
                    lambda column=column: json.dumps(asdict(verdict(subject, column))),
                )
            )
        )
        for column in COLUMNS
    }
    said = plain(subject) if plainly else ""
    return Row(server, subject.about, name, subject.origin, verdicts, said)
