"""A whole run in numbers: findings, one row an operation, one row a part.

`tally` counts recorded calls into rows; a success is an answer of the class 2xx and no more. A row
exists for every operation that it is given, called or not, so that silence shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from generator.api.exchange import CallRecord
from generator.diagnostics import Span, Where
from generator.report.finding import Finding, Severity


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One operation's row: how often it was called, what it answered, how much was wrong."""

    operation: str
    label: str
    calls: int
    statuses: Mapping[int, int]
    findings: int

    @property
    def reached(self) -> bool:
        """Whether it ever answered with a success (2xx)."""
        return any(200 <= status < 300 for status in self.statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """One part's row; `notes` says what it could not judge, and why."""

    part: str
    calls: int
    findings: int
    seconds: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One status, parameter or keyword: how often it was met and held, and how often broken."""

    name: str
    held: int
    broken: int = 0
    where: Span | Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What of one operation a run has seen: documented and other statuses, what it was sent."""

    operation: str
    label: str
    statuses: tuple[Covered, ...]
    parameters: tuple[Covered, ...]
    keywords: tuple[Covered, ...]

    def located(self, find: Callable[[Where], Span]) -> Coverage:
        """The same with lines in place of pointers."""
        groups = (self.statuses, self.parameters, self.keywords)
        found = [tuple(_located(each, find) for each in group) for group in groups]
        return replace(self, statuses=found[0], parameters=found[1], keywords=found[2])


def _located(covered: Covered, find: Callable[[Where], Span]) -> Covered:
    where = find(covered.where) if isinstance(covered.where, Where) else covered.where
    return replace(covered, where=where)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called: the kind of credentials, the user, the secret's variable.

    `header` is where a key stands, by `location`, and for oauth2 the path that gives tokens.
    """

    name: str
    kind: str
    user: str = ""
    header: str = "Authorization"
    variable: str = ""
    location: str = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a run has to say.

    `accepted` are findings that a baseline takes for known, `records` the calls that were made,
    `callers` as whom, `run` the mark of what the run made, and `coverage` what the calls came by,
    where somebody asked for it. `rules` says what each rule demands that a finding may name.
    """

    title: str
    target: str
    seed: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    parts: tuple[PartResult, ...] = ()
    accepted: tuple[Finding, ...] = ()
    records: tuple[CallRecord, ...] = ()
    callers: tuple[Caller, ...] = ()
    run: str = ""
    coverage: tuple[Coverage, ...] = ()
    rules: Mapping[str, str] = field(default_factory=_nothing)

    @property
    def calls(self) -> int:
        """How many calls were made."""
        return sum(row.calls for row in self.parts)

    @property
    def tested(self) -> bool:
        """Whether anything answered at all."""
        return any(row.statuses for row in self.outcomes)

    @property
    def failed(self) -> bool:
        """Whether a finding fails the run."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    def located(self, find: Callable[[Where], Span]) -> Report:
        """The same report with line and column in place of pointers."""
        return replace(
            self,
            findings=tuple(each.located(find) for each in self.findings),
            coverage=tuple(each.located(find) for each in self.coverage),
        )


def tally(
    operations: Mapping[str, str], calls: Iterable[CallRecord], findings: Sequence[Finding]
) -> tuple[Outcome, ...]:
    """One row for each operation (name to label), in the order given."""
    statuses: dict[str, Counter[int]] = {name: Counter() for name in operations}
    for call in calls:
        if call.operation in statuses:
            statuses[call.operation][call.response.status] += 1
    faults = Counter(each.operation for each in findings)
    return tuple(
        Outcome(
            operation=name,
            label=label,
            calls=statuses[name].total(),
            statuses=dict(sorted(statuses[name].items())),
            findings=faults[name],
        )
        for name, label in operations.items()
    )
