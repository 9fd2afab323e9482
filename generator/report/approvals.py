"""Changes that somebody answers for: approvals by rule, place, from and to.

They stand in the baseline file, beside findings that are accepted by id. In comes its TOML text and
the findings of a comparison, out go those that nobody approved. An approval that has ended, or that
matches nothing, is a finding itself, so that a baseline cannot rot.

    [[approved]]
    rule = "request-parameter-removed"
    pointer = "/paths/~1orgs/get/parameters/2"
    from = "deprecated"
    reason = "Nobody sends it any more."
    owner = "API guild"
    expires = 2027-01-31
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from generator.diagnostics import Where
from generator.report.baseline import BaselineError
from generator.report.finding import Finding

FAULTS = {
    "approval-expired": "An approval in the baseline has ended; what it covers counts again.",
    "approval-unused": "An approval in the baseline matches nothing that changed; take it out.",
}
"""What may be wrong with an approval, by the id of the finding that says so."""


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One approval; `from` and `to` may be left out, and then match anything."""

    rule: str
    pointer: str
    reason: str
    owner: str
    expires: date
    before: Any = msgspec.field(name="from", default=msgspec.UNSET)
    after: Any = msgspec.field(name="to", default=msgspec.UNSET)

    def covers(self, finding: Finding) -> bool:
        """Whether this is the finding that was approved."""
        return (
            finding.rule == self.rule
            and isinstance(finding.where, Where)
            and finding.where.pointer == self.pointer
            and _equal(self.before, finding.expected)
            and _equal(self.after, finding.actual)
        )


class _File(msgspec.Struct, frozen=True):
    approved: list[Approval] = []


@dataclass(frozen=True, slots=True)
class Applied:
    """By the number of the finding, the approval that covers it; and faults of approvals."""

    approved: dict[int, Approval]
    faults: tuple[Finding, ...]


def read_approvals(text: str) -> tuple[Approval, ...]:
    """The approvals of a baseline file."""
    try:
        approvals = msgspec.convert(tomllib.loads(text), _File).approved
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BaselineError(str(error)) from None
    for each in approvals:
        if not (each.reason.strip() and each.owner.strip()):
            raise BaselineError(f"{each.rule}: reason and owner must be said")
    return tuple(approvals)


def apply_approvals(
    approvals: Iterable[Approval], findings: Iterable[Finding], today: date
) -> Applied:
    """Which findings are approved; they must not be located yet, for places are pointers."""
    known = tuple(approvals)
    standing = [each for each in known if today <= each.expires]
    approved: dict[int, Approval] = {}
    for number, finding in enumerate(findings):
        covering = next((each for each in standing if each.covers(finding)), None)
        if covering is not None:
            approved[number] = covering
    return Applied(approved, tuple(_faults(known, list(approved.values()), today)))


def _faults(known: tuple[Approval, ...], used: list[Approval], today: date) -> Iterator[Finding]:
    for each in known:
        if today > each.expires:
            said = f"the approval of {each.rule} at {each.pointer} ended on {each.expires}"
            yield _fault("approval-expired", each, said)
        elif each not in used:
            said = f"the approval of {each.rule} at {each.pointer} matches nothing"
            yield _fault("approval-unused", each, said)


def _fault(rule: str, approval: Approval, said: str) -> Finding:
    return Finding(
        part="baseline",
        rule=rule,
        operation=approval.pointer,
        title=said,
        message=f"{said} ({approval.owner}: {approval.reason})",
    )


def _equal(wanted: object, told: str) -> bool:
    if wanted is msgspec.UNSET:
        return True
    return told == (wanted if isinstance(wanted, str) else json.dumps(wanted, ensure_ascii=False))
