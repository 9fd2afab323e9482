"""Two loaded descriptions compared: verdicts on the API, on the client made from it, approvals.

The surfaces of both clients are planned here and handed to diff, which knows nothing of plan.
"""

from __future__ import annotations

from generator.api import Api, Surface
from generator.compose.load import Loaded
from generator.diagnostics import Diagnostics
from generator.diff import (
    Comparison,
    Policy,
    Prefixes,
    Proofs,
    Suite,
    Verdict,
    bump,
    changes,
    client_bump,
    finding,
    inferred,
    judge,
    surface_verdicts,
    touch,
)
from generator.plan import plan, surface
from generator.report import Approval, apply_approvals


def compare(
    base: Loaded,
    revision: Loaded,
    *,
    policy: Policy,
    prefixes: Prefixes | None = None,
    approvals: tuple[Approval, ...] = (),
    tests: Suite | None = None,
) -> Comparison:
    """Everything that changed between two descriptions that could be built.

    With tests, also what each change touches of them.
    """
    old, new = base.api, revision.api
    assert old is not None
    assert new is not None
    cut = prefixes if prefixes is not None else inferred(old, new)
    verdicts = judge(changes(old, new, cut), policy, Proofs(old, new, cut))
    verdicts += _on_client(old, new, policy, cut)
    applied = apply_approvals(approvals, map(finding, verdicts), policy.today)
    return Comparison(
        base=base.spec,
        revision=revision.spec,
        verdicts=verdicts,
        approved={number: each.reason for number, each in applied.approved.items()},
        faults=applied.faults,
        bump=bump(verdicts),
        client=client_bump(verdicts),
        touches=tuple(touch(each, tests, old, new) for each in verdicts) if tests else (),
    )


def _on_client(base: Api, revision: Api, policy: Policy, prefixes: Prefixes) -> tuple[Verdict, ...]:
    old, new = surface_of(base), surface_of(revision)
    return tuple(surface_verdicts(base, revision, old, new, policy, prefixes))


def surface_of(api: Api) -> Surface:
    """The surface of the client that would be generated."""
    return surface(plan(api, package="client", diagnostics=Diagnostics()))
