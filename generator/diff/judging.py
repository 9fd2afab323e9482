"""From what changed to verdicts: a rule, its level, and a message that names the values.

In come `Changes` and a policy, out go verdicts in a fixed order, each once. What shows a breaking
verdict is asked of `Proofs`, when they are handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.diagnostics import Where
from generator.diff.change import Change, Changes, Fact, Site
from generator.diff.children import WRAPPING
from generator.diff.containment import Outcome, Proof
from generator.diff.lives import Life
from generator.diff.proofs import Proofs
from generator.diff.rules import RULES, Level, Policy, Rule, named, version_key
from generator.diff.rules.rule import level_of

_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One row of the report."""

    rule: Rule
    level: Level
    message: str
    site: Site
    fact: Fact
    proof: Proof | None = None

    @property
    def base(self) -> Where | None:
        """Where it stands in the base."""
        return self.fact.base

    @property
    def revision(self) -> Where | None:
        """Where it stands in the revision."""
        return self.fact.revision

    @property
    def pointer(self) -> str:
        """The pointer that an approval names: in the revision, else in the base."""
        where = self.revision or self.base
        return where.pointer if where else ""


def judge(changes: Changes, policy: Policy, proofs: Proofs | None = None) -> tuple[Verdict, ...]:
    """The verdicts on all changes, the weightiest first within an operation."""
    found = list(_verdicts(changes, policy, proofs))
    found.extend(_on_version(changes, policy, found))
    unique = {(v.rule.id, v.site, v.fact.name, v.message): v for v in found}
    return tuple(sorted(unique.values(), key=_order))


def _order(verdict: Verdict) -> tuple[object, ...]:
    site = verdict.site
    return (site.path, site.method, -verdict.level.rank, verdict.rule.id, verdict.message)


def _verdicts(changes: Changes, policy: Policy, proofs: Proofs | None) -> Iterator[Verdict]:
    for change in changes:
        if not policy.heeds(change.site.stability):
            continue
        for made, fact in named(change, policy):
            verdict = verdict_on(RULES[made], change.site, fact, policy, change)
            yield _proved(verdict, change, proofs) if proofs else verdict


def verdict_on(
    rule: Rule, site: Site, fact: Fact, policy: Policy, change: Change | None = None
) -> Verdict:
    """The verdict of a rule on a fact at a site."""
    level = policy.levels.get(rule.id) or _level(rule, change)
    return Verdict(rule=rule, level=level, message=message(rule, site, fact), site=site, fact=fact)


def _level(rule: Rule, change: Change | None) -> Level:
    if rule.subject and change is not None and change.flipped:
        return level_of(rule.direction, rule.effect.flipped)
    return rule.level


# Branches have names that people know: they mean more than the values they admit.
_MEANINGFUL = frozenset(("all-of", "any-of", "one-of", *WRAPPING))


def _proved(verdict: Verdict, change: Change, proofs: Proofs) -> Verdict:
    """The verdict with what shows it; one that is proven harmless is information."""
    if verdict.level is Level.INFO:
        return verdict
    proof = proofs.of_values(change, verdict.fact)
    if proof is None and verdict.level is Level.BREAKING:
        proof = proofs.of_messages(change, verdict.fact)
    harmless = proof is not None and proof.outcome is Outcome.CONTAINED
    if harmless and verdict.level is Level.BREAKING and verdict.fact.subject not in _MEANINGFUL:
        said = f"{verdict.message}; every value that was fine still is"
        return replace(verdict, level=Level.INFO, message=said, proof=proof)
    return replace(verdict, proof=proof)


def message(rule: Rule, site: Site, fact: Fact) -> str:
    """What a verdict says: where, what, from and to."""
    said = rule.says.format(
        name=fact.name or "it", before=_shown(fact.before), after=_shown(fact.after)
    )
    return f"{site.words}: {said}" if site.words else said


def _shown(value: object) -> str:
    if isinstance(value, Life):
        return value.sunset or "no date"
    told = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _on_version(changes: Changes, policy: Policy, found: Iterable[Verdict]) -> Iterator[Verdict]:
    """What the version of the description should have said."""
    worst = max((each.level.rank for each in found), default=-1)
    before, after = changes.base.version, changes.revision.version
    fact = Fact(
        subject="document-version",
        action="kept",
        before=before,
        after=after,
        base=changes.base.where.at("info", "version"),
        revision=changes.revision.where.at("info", "version"),
    )
    old, new = version_key(before), version_key(after)
    if worst >= Level.WARNING.rank and before == after:
        yield verdict_on(RULES["api-version-not-bumped"], Site(), fact, policy)
    elif worst == Level.BREAKING.rank and old and new and old[0] == new[0]:
        yield verdict_on(RULES["api-major-version-not-bumped"], Site(), fact, policy)
