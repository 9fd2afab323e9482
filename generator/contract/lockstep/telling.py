"""A divergence as a finding: what was called, what each side says, the line that decides.

In comes where the two stopped agreeing, out goes a `Finding` with curl lines and a pytest file that
run alone: what a call made is taken from its answer, so they work on another day too.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.api import walk
from generator.api.exchange import CallRecord
from generator.api.model import Operation
from generator.contract.judging.answer import shown
from generator.contract.kinds import use_of
from generator.contract.lockstep.slicing import sliced
from generator.contract.lockstep.steps import PLAIN, Apart, Step
from generator.contract.repeating.lines import repeated_by_pytest
from generator.contract.world import World
from generator.diagnostics import Where
from generator.report import Finding

_LEFT_OUT = "More was called in between; it did not show again with less."


def finding(world: World, apart: Apart, record: Sequence[CallRecord]) -> Finding:
    """The divergence, told by calls of the run's record."""
    last, difference = apart.steps[-1], apart.difference
    operation = last.target.operation
    at = f" at {difference.pointer}" if difference.pointer else ""
    way = "" if last.way == PLAIN else f" {last.way}"
    ways = {world.client.redacted(step.target.call): step.way for step in apart.steps}
    calls = sliced(world, list(ways), record)
    left_out = [_LEFT_OUT] if len(calls) < len(ways) else []
    return Finding(
        part="lockstep",
        rule=f"lockstep-{difference.what.replace(' ', '-')}",
        operation=operation.name,
        title=f"called{way}, the {difference.what}{at} is not what the model says",
        message="\n".join(
            [
                *(_told(at, each, ways.get(each, PLAIN)) for at, each in enumerate(calls, 1)),
                *left_out,
            ]
        ),
        where=_decides(world, operation, last, difference.pointer),
        calls=calls,
        test=repeated_by_pytest(world, calls, difference.expected),
        expected=f"{shown(difference.expected)} (the model: {last.model})",
        actual=f"{shown(difference.actual)} (the target: {last.target})",
    )


def _told(number: int, call: CallRecord, as_what: str) -> str:
    who = f" as {call.principal}" if call.principal else ""
    sent = f" {call.request.body.decode('utf-8', 'replace')}" if call.request.body else ""
    way = "" if as_what == PLAIN else f" ({as_what})"
    return (
        f"{number}. {call.operation}{way}{who}: {call.request.method} {call.request.target}{sent}"
        f" → {call.response.status}"
    )


def _decides(world: World, operation: Operation, step: Step, pointer: str) -> Where:
    """The place that decides: the field's schema, the declared answer, or the operation."""
    declared = operation.response(step.model.status)
    if declared is None:
        return operation.where
    for content in declared.content if pointer else ():
        tokens = [each for each in pointer.split("/")[1:] if each != "*"]
        place = content.schema and walk.at(world.api, content.schema, tokens)
        if place:
            return place
    kind = world.kinds.of(operation) if pointer and step.model.success else None
    if kind is not None and use_of(operation).role != "delete":
        return operation.where
    return declared.where
