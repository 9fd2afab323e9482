"""The state that the parts of one run share: the world, what was called, what was found.

Parts only call and yield; the session counts, keeps each finding once and remembers why an
operation was not reached.
"""

from __future__ import annotations

import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from hypothesis.database import ExampleDatabase

from generator.api.exchange import CallRecord
from generator.api.families import shape
from generator.api.infer import infer
from generator.api.model import Api, Operation
from generator.contract.calling.client import Client
from generator.contract.calling.pace import Pace
from generator.contract.calling.target import Target
from generator.contract.drawing.draw import Draw, fresh_mark
from generator.contract.events import Called, Event, Found, NotJudged
from generator.contract.excluding import Excluded
from generator.contract.judging.conforming import Conforming
from generator.contract.judging.ledger import Ledger
from generator.contract.lockstep.memory import Memory
from generator.contract.lockstep.twin import Twin
from generator.contract.repeating.behind import behind, with_makers
from generator.contract.repeating.lines import repeated_by_curl
from generator.contract.rules import fault_code
from generator.contract.world import World
from generator.report import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run does: which parts, for how long, with which seed.

    `strict` makes undocumented refusals fail, `rate` is calls a second, `shard` is which of how
    many equal parts of the operations to judge, `judge` the names of those to judge (none: all),
    and `excluded` what is left alone. `database` remembers what parted target and model. `run`
    marks what the run makes, and is made up where it is not given: with the same mark and seed two
    runs send the same. What is about the operations of `first`, and the laws of `first_laws`, is
    judged before the rest.
    """

    seed: int = 0
    max_time: float | None = None
    only: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    max_examples: int = 15
    max_steps: int = 8
    max_sequences: int = 60
    strict: bool = False
    rate: float | None = None
    shard: tuple[int, int] = (1, 1)
    judge: tuple[str, ...] = ()
    excluded: Excluded = field(default_factory=Excluded)
    database: ExampleDatabase | None = None
    run: str = ""
    first: frozenset[str] = frozenset()
    first_laws: frozenset[str] = frozenset()


@dataclass(slots=True)
class Session:
    """One run; without a twin nothing is kept in step, without an engine it draws nothing."""

    api: Api
    openapi: Mapping[str, Any]
    target: Target
    options: Options
    twin: Twin[Any] | None = None
    engine: Examine | None = None
    began: float = field(default_factory=time.monotonic)
    findings: dict[str, Finding] = field(default_factory=dict[str, Finding])
    calls: list[CallRecord] = field(default_factory=list[CallRecord])
    missing: dict[str, str] = field(default_factory=dict[str, str])
    ledger: Ledger = field(init=False)
    client: Client = field(init=False)
    world: World = field(init=False)
    conforming: Conforming = field(init=False)
    memory: Memory = field(init=False)
    _untold: deque[CallRecord | Finding] = field(default_factory=deque[CallRecord | Finding])
    _silent: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        inference = infer(self.api)
        kept = (e for e in inference.api.operations if not self.options.excluded.has(e))
        self.api = msgspec.structs.replace(inference.api, operations=tuple(kept))
        self.ledger = Ledger(self.api, self.target.prefix)
        pace = Pace(self.options.rate)
        self.client = Client(self.api, self.target, self.listen, pace, self.miss)
        draw = Draw(self.api, self.options.run or fresh_mark(), self.options.seed)
        self.world = World(
            self.api,
            self.target,
            self.client,
            self.ledger,
            draw,
            inference.resources,
            _methods(inference.api),
        )
        self.memory = Memory(self.options.database, self.api.title)
        self.conforming = Conforming(
            self.api,
            draw.conform,
            self.target.prefix,
            self.client.admission,
            strict=self.options.strict,
        )

    def listen(self, call: CallRecord) -> None:
        """Take in a call, whoever made it."""
        self.ledger.observe(call)
        self.calls.append(call)
        self._untold.append(call)

    def miss(self, call: CallRecord, reason: str) -> None:
        """Take in that a call got no answer that could be read: told once an operation."""
        if call.operation not in self._silent:
            self._silent.add(call.operation)
            self._untold.append(_unanswered(self.api, call, reason))

    def told(self) -> Iterator[Event]:
        """The calls that were made since the last time, and what was wrong with their answers."""
        while self._untold:
            told = self._untold.popleft()
            if isinstance(told, Finding):
                yield from self._new((told,))
                continue
            yield Called(told)
            yield from self._new(self.conforming.findings(told))

    def found(self, findings: Iterable[Finding]) -> Iterator[Event]:
        """Calls and findings as they come, a finding with a known id only once."""
        for raw in findings:
            yield from self.told()
            yield from self._new((raw,))
        yield from self.told()

    def _new(self, findings: Iterable[Finding]) -> Iterator[Found]:
        for raw in findings:
            if raw.id not in self.findings:
                finding = replace(self._repeatable(raw), fault=fault_code(raw.rule))
                finding = finding.redacted(self.client.secrets)
                self.findings[finding.id] = finding
                yield Found(finding)

    def _repeatable(self, finding: Finding) -> Finding:
        # A sequence of calls that has a test of its own is whole already.
        whole = with_makers if finding.test and len(finding.calls) > 1 else behind
        calls = whole(self.world, self.calls, finding.calls)
        return replace(finding, curl=repeated_by_curl(self.world, calls)) if calls else finding

    @property
    def left(self) -> float | None:
        """The seconds that are left; None where there is no limit."""
        if self.options.max_time is None:
            return None
        return self.options.max_time - (time.monotonic() - self.began)

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return self.left is not None and self.left <= 0

    @property
    def in_step(self) -> bool:
        """Whether this run keeps the target in step with a model on resources."""
        told = not self.options.only or "lockstep" in self.options.only
        return told and self.twin is not None and bool(self.api.behaviours.resources)

    def mine(self, operation: Operation) -> bool:
        """Whether an operation is of this shard."""
        if not self.judges(operation):
            return False
        number, of = self.options.shard
        return zlib.crc32(operation.name.encode()) % of == number - 1

    def judges(self, operation: Operation) -> bool:
        """Whether an operation is one of those to judge, in whatever shard."""
        return not self.options.judge or operation.name in self.options.judge

    def unreached(self) -> Iterator[Operation]:
        """The operations that never answered with a success."""
        reached = {each.operation for each in self.calls if 200 <= each.response.status < 300}
        mine = filter(self.mine, self.api.operations)
        return (each for each in mine if each.name not in reached)


Examine = Callable[[Session], Iterator[Finding | NotJudged]]
"""An engine that draws calls of its own: what it finds, and what it could not judge."""


def _unanswered(api: Api, call: CallRecord, reason: str) -> Finding:
    operation = api.operation(call.operation)
    return Finding(
        part=call.part,
        rule="no-answer",
        operation=call.operation,
        title="the target gave no answer that can be read",
        message=reason,
        where=operation.where if operation else None,
        calls=(call,),
        expected="an answer",
        actual="none",
    )


def _methods(api: Api) -> Mapping[str, frozenset[str]]:
    """By the shape of a path, what methods the description has there, those left out too."""
    found: dict[str, set[str]] = {}
    for each in api.operations:
        found.setdefault(shape(each.path), set()).add(each.method)
    return {path: frozenset(methods) for path, methods in found.items()}
