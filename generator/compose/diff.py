"""Two descriptions compared: verdicts on the API and on the client made from it, and a report.

In come two loaded descriptions, out goes a `Comparison`; approvals take rows out of what fails. The
surfaces of both clients are planned here and handed to diff, which knows nothing of plan.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.api import Api, Surface
from generator.compose.load import Loaded
from generator.diagnostics import Diagnostics, Span, Where
from generator.diff import (
    Bump,
    Level,
    Outcome,
    Policy,
    Prefixes,
    Proofs,
    Verdict,
    bump,
    changes,
    client_bump,
    inferred,
    judge,
    surface_verdicts,
)
from generator.plan import plan, surface
from generator.report import Approval, Finding, PartResult, Report, Severity, apply_approvals

_SEVERITIES = {
    Level.BREAKING: Severity.ERROR,
    Level.WARNING: Severity.WARNING,
    Level.INFO: Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Verdicts, what of them is approved and why, faults of approvals, and the bumps."""

    base: str
    revision: str
    verdicts: tuple[Verdict, ...]
    approved: dict[int, str]
    faults: tuple[Finding, ...]
    bump: Bump
    client: Bump

    def fails(self, on: Level | None) -> bool:
        """Whether a verdict that nobody approved is at this level or above, or an approval rots."""
        if self.faults:
            return True
        open_ones = (v for n, v in enumerate(self.verdicts) if n not in self.approved)
        return on is not None and any(each.level.rank >= on.rank for each in open_ones)


def compare(
    base: Loaded,
    revision: Loaded,
    *,
    policy: Policy,
    prefixes: Prefixes | None = None,
    approvals: tuple[Approval, ...] = (),
) -> Comparison:
    """Everything that changed between two descriptions that could be built."""
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
    )


def _on_client(base: Api, revision: Api, policy: Policy, prefixes: Prefixes) -> tuple[Verdict, ...]:
    old, new = surface_of(base), surface_of(revision)
    return tuple(surface_verdicts(base, revision, old, new, policy, prefixes))


def surface_of(api: Api) -> Surface:
    """The surface of the client that would be generated."""
    return surface(plan(api, package="client", diagnostics=Diagnostics()))


def finding(verdict: Verdict) -> Finding:
    """A verdict as a finding; expected is what was, actual what is."""
    places = [each for each in (verdict.revision, verdict.base) if each is not None]
    site = verdict.site
    return Finding(
        part="diff",
        rule=verdict.rule.id,
        operation=f"{site.method} {site.path}".strip() or "the description",
        title=verdict.message,
        message=f"{verdict.message}{shown(verdict)}",
        severity=_SEVERITIES[verdict.level],
        where=places[0] if places else None,
        related=tuple(places[1:]),
        expected=_text(verdict.fact.before),
        actual=_text(verdict.fact.after),
    )


def shown(verdict: Verdict) -> str:
    """What shows a verdict, as a sentence; nothing where it needs none."""
    proof = verdict.proof
    if proof is None or proof.outcome in (Outcome.CONTAINED, Outcome.STATED):
        return ""
    if proof.outcome is Outcome.UNKNOWN:
        return "; whether a value shows it is unknown"
    return f"; shown by {json.dumps(proof.value, ensure_ascii=False)}, fine in the {proof.side}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def report(comparison: Comparison, find: Callable[[Where], Span], seconds: float) -> Report:
    """The comparison as a report; what is approved is told as a note."""
    findings = [
        _told(finding(each), comparison.approved.get(number))
        for number, each in enumerate(comparison.verdicts)
    ]
    found = (*findings, *comparison.faults)
    return Report(
        title="lockstep diff",
        target=f"{comparison.base} to {comparison.revision}",
        seed=0,
        seconds=seconds,
        findings=found,
        parts=(PartResult(part="diff", calls=0, findings=len(found), seconds=seconds),),
    ).located(find)


def _told(found: Finding, reason: str | None) -> Finding:
    if reason is None:
        return found
    message = f"{found.message} (approved: {reason})"
    return replace(found, severity=Severity.NOTE, message=message)
