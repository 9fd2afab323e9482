"""A contract run: the parts one after the other, clean-up at the end whatever happens.

In come an Api, the same description as OpenAPI, a target and options; out come events, the last of
which carries the report. Nothing is printed and nothing is written. Closing the iterator, Ctrl-C
and errors all lead through the clean-up.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from generator.api.model import Api, Operation
from generator.contract.calling.client import Down
from generator.contract.calling.target import Target
from generator.contract.cleaning import claim_left, clean_up
from generator.contract.events import Event, Finished, NotJudged, PartFinished, PartStarted, Started
from generator.contract.lockstep.twin import Twin
from generator.contract.parts import PARTS
from generator.contract.rules import rule_texts
from generator.contract.session import Examine, Options, Session
from generator.report import Finding, PartResult, Report, Severity, redact_text, tally


def run(
    api: Api,
    openapi: Mapping[str, Any],
    target: Target,
    options: Options | None = None,
    twin: Twin[Any] | None = None,
    engine: Examine | None = None,
) -> Generator[Event, None, None]:
    """Test a target, beside a model and with an engine if there are; ends with `Finished`."""
    session = Session(api, openapi, target, options or Options(), twin, engine)
    yield Started(session.world.draw.run)
    results: list[PartResult] = []
    left: list[str] = []
    down = ""
    with session.client:
        try:
            for name in PARTS:
                if wanted(session.options, name):
                    yield from _part(session, name, results)
        except Down as error:
            down = str(error)
        except BaseException as error:
            # Ctrl-C, a run that is left, a fault of ours: whoever handles it may say what stays.
            for each in clean_up(session.world):
                told = redact_text(each, session.client.secrets)
                error.add_note(f"could not be removed: {told}")
            raise
        left += clean_up(session.world)
        yield from session.told()
    yield from session.found(_never(session) if not down else ())
    yield from session.found(_left_behind(left) if left else ())
    yield Finished(_report(session, results), down)


def wanted(options: Options, part: str) -> bool:
    """Whether a part is to be run."""
    return part not in options.excluded.parts and (not options.only or part in options.only)


def clean_up_after(
    api: Api, openapi: Mapping[str, Any], target: Target, run: str
) -> tuple[int, list[str]]:
    """Remove what a run that ended early left: how much it was, and what could not be removed."""
    session = Session(api, openapi, target, Options())
    with session.client:
        return claim_left(session.world, run), clean_up(session.world)


def _part(session: Session, name: str, results: list[PartResult]) -> Iterator[Event]:
    yield PartStarted(name)
    session.client.part = name
    began, calls, known = time.monotonic(), len(session.calls), len(session.findings)
    open_questions: dict[tuple[str, str], list[str]] = {}
    for event in PARTS[name](session):
        if isinstance(event, NotJudged):
            # What a server answered may stand in it.
            event = replace(event, reason=redact_text(event.reason, session.client.secrets))
            asked = open_questions.setdefault((event.rule, event.reason), [])
            asked.append(event.operation)
        yield event
    result = PartResult(
        part=name,
        calls=len(session.calls) - calls,
        findings=len(session.findings) - known,
        seconds=time.monotonic() - began,
        notes=tuple(_note(*question, names) for question, names in open_questions.items()),
    )
    results.append(result)
    yield PartFinished(result)


def _note(rule: str, reason: str, operations: list[str]) -> str:
    about = operations[0] if len(set(operations)) == 1 else f"{len(set(operations))} operations"
    return f"{rule} on {about}: {reason}" if about else f"{rule}: {reason}"


def _never(session: Session) -> Iterator[Finding]:
    """What had no success: one by one, but all at once what the run was not let into."""
    unreached = list(session.unreached())
    for reason, operations in list(session.client.admission.shut_out(unreached)):
        unreached = [each for each in unreached if each not in operations]
        yield _shut_out(session, reason, operations)
    if wanted(session.options, "smoke"):
        yield from (_unreached(session, each) for each in unreached)


def _shut_out(session: Session, reason: str, operations: Sequence[Operation]) -> Finding:
    of = len(session.api.operations)
    return Finding(
        part="auth",
        rule="no-credentials",
        operation="",
        title="the target does not let the run in",
        message=(
            f"{reason[0].upper()}{reason[1:]}: {len(operations)} of {of} operations had no success"
            " and were not judged. Give credentials with --auth or --principals."
        ),
        where=operations[0].where,
    )


def _unreached(session: Session, operation: Operation) -> Finding:
    reason = session.missing.get(operation.name, "no part ever got a success from it")
    tried = (each for each in session.calls if each.operation == operation.name)
    return Finding(
        part="smoke",
        rule="unreached",
        operation=operation.name,
        title="no success was ever reached",
        message=reason,
        where=operation.where,
        calls=tuple(islice(tried, 1)),
    )


def _left_behind(what: list[str]) -> Iterator[Finding]:
    yield Finding(
        part="clean-up",
        rule="left-behind",
        operation="",
        title="not all that the run made could be removed",
        message="\n".join(what),
        severity=Severity.WARNING,
    )


def _report(session: Session, results: list[PartResult]) -> Report:
    findings = tuple(session.findings.values())
    labels = {each.name: each.label for each in session.api.operations}
    return Report(
        title=f"{session.api.title} {session.api.version}".strip(),
        target=session.target.base_url,
        seed=session.options.seed,
        seconds=time.monotonic() - session.began,
        findings=findings,
        outcomes=tally(labels, session.calls, findings),
        parts=tuple(results),
        records=tuple(session.calls),
        callers=tuple(session.client.callers()),
        run=session.world.draw.run,
        rules=rule_texts(),
    )
