"""The parts of a run, in order: each a function from the session to events.

A part that cannot judge something says so and goes on. A call without an answer is a finding of
the session; that the target is down ends the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from generator.api import Operation
from generator.contract.auth import auth_part
from generator.contract.calling.connection import NoAnswer
from generator.contract.events import Event, NotJudged
from generator.contract.laws import LAWS, Law
from generator.contract.lockstep.part import lockstep_part
from generator.contract.negatives.part import negatives_part
from generator.contract.session import Session
from generator.contract.smoke import smoke
from generator.contract.world import Unreachable
from generator.report import Finding

Part = Callable[[Session], Iterator[Event]]


def smoke_part(session: Session) -> Iterator[Event]:
    """Reach every operation's success once."""
    for operation, reason in smoke(session.world):
        session.missing[operation.name] = reason
        yield from session.told()
    yield from session.told()


def laws_part(session: Session) -> Iterator[Event]:
    """Check every law on every operation that it is about, those that are to come first first."""
    options = session.options
    chosen = [law for law in LAWS if not options.laws or law.id in options.laws]
    chosen = [law for law in chosen if law.id not in options.excluded.laws]
    laws = sorted(chosen, key=lambda law: law.id not in options.first_laws)
    for early in (True, False) if options.first else (False,):
        for law in laws:
            subjects = filter(session.mine, law.subjects(session.world.kinds))
            wanted = (each for each in subjects if (each.name in options.first) == early)
            yield from _law(session, law, wanted)


def schemathesis_part(session: Session) -> Iterator[Event]:
    """Let schemathesis draw, where it was handed in."""
    if session.engine is None:
        yield NotJudged("schemathesis", "engine", "", "the run was given no engine")
        return
    for told in session.engine(session):
        if isinstance(told, Finding):
            yield from session.found([told])
        else:
            yield told
        yield from session.told()


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "smoke": smoke_part,
        "laws": laws_part,
        "negatives": negatives_part,
        "auth": auth_part,
        "lockstep": lockstep_part,
        "schemathesis": schemathesis_part,
    }
)
"""Every part by its name."""


def _law(session: Session, law: Law, subjects: Iterator[Operation]) -> Iterator[Event]:
    for operation in subjects:
        if session.late:
            yield NotJudged("laws", law.id, operation.name, "the time was over")
            return
        try:
            yield from session.found(law.check(session.world, operation))
        except (Unreachable, NoAnswer) as reason:
            yield NotJudged("laws", law.id, operation.name, str(reason))
        yield from session.told()
