"""schemathesis as the engine of a run; apart, so that a run without it does not import it.

In comes a session, out come findings and what could not be judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.model import Operation
from generator.contract.engine.driver import Engine, Limits
from generator.contract.engine.signing import Callers
from generator.contract.events import NotJudged
from generator.contract.session import Session
from generator.report import Finding


def schemathesis(session: Session) -> Iterator[Finding | NotJudged]:
    """Let schemathesis draw calls, and judge the answers."""
    world = session.world

    def judged(operation: Operation) -> bool:
        shut_out = world.client.admission.known(operation, world.principal_for(operation))
        return session.mine(operation) and not shut_out

    engine = Engine(
        session.api,
        session.openapi,
        session.target,
        session.client,
        session.ledger,
        session.listen,
        judged,
        Callers(session.api, world.principal_for, session.client),
    )
    options = session.options
    limits = Limits(
        seed=options.seed,
        max_examples=options.max_examples,
        # Sequences that a model steps along with tell more, and cost a tenth.
        max_steps=0 if session.in_step else options.max_steps,
        seconds=session.left,
        rate=options.rate,
    )
    return engine.examine(limits)
