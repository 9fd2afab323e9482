"""For programs: a JSON array of objects, one a verdict; fields are only ever added."""

from __future__ import annotations

import json
from dataclasses import asdict

from generator.diagnostics import Span, Where
from generator.diff.comparison import Comparison
from generator.diff.containment import Outcome
from generator.diff.formats.words import Spans
from generator.diff.judging import Verdict


def as_json(comparison: Comparison, base: Spans, revision: Spans) -> str:
    """The array."""
    rows = [
        _row(each, comparison.approved.get(number), base, revision)
        for number, each in enumerate(comparison.verdicts)
    ]
    for row, touch in zip(rows, comparison.touches, strict=False):
        row["touches"] = asdict(touch)
    rows += [_fault(each.rule, each.message, each.where) for each in comparison.faults]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _row(verdict: Verdict, approved: str | None, base: Spans, revision: Spans) -> dict[str, object]:
    proof = verdict.proof
    witness = proof.value if proof and proof.outcome is Outcome.WITNESS else None
    return {
        "id": verdict.rule.id,
        "level": str(verdict.level),
        "message": verdict.message,
        "method": verdict.site.method,
        "path": verdict.site.path,
        "pointer": verdict.pointer,
        "base": _span(verdict.base, base),
        "revision": _span(verdict.revision, revision),
        "witness": witness,
        "proof": str(proof.outcome) if proof else None,
        "approved": approved,
        "touches": None,
    }


def _span(where: Where | None, spans: Spans) -> dict[str, object] | None:
    if where is None:
        return None
    span = spans[where]
    return {"file": span.file, "line": span.line, "column": span.column}


def _fault(rule: str, message: str, where: Span | Where | None) -> dict[str, object]:
    return {
        "id": rule,
        "level": "breaking",
        "message": message,
        "method": "",
        "path": "",
        "pointer": where.pointer if isinstance(where, Where) else "",
        "base": None,
        "revision": None,
        "witness": None,
        "proof": None,
        "approved": None,
        "touches": None,
    }
