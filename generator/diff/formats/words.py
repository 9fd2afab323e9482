"""What people read of a verdict: where it is, what shows it, and what the changes add up to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

from generator.diagnostics import Span, Where
from generator.diff.comparison import Comparison
from generator.diff.containment import Outcome
from generator.diff.judging import Verdict
from generator.diff.rules import Level
from generator.diff.touching import Touch

Spans = Mapping[Where | Span, Span]
_LONGEST = 200


def label(verdict: Verdict) -> str:
    """The operation that a verdict is about, or the whole description."""
    return f"{verdict.site.method} {verdict.site.path}".strip() or "the description"


def lines(verdict: Verdict, base: Spans, revision: Spans) -> str:
    """The lines of both files, as far as both have one."""
    told = [str(base[verdict.base])] if verdict.base else []
    told += [str(revision[verdict.revision])] if verdict.revision else []
    return " -> ".join(told)


def shown(verdict: Verdict) -> str:
    """What shows a verdict, as a sentence; nothing where it needs none."""
    proof = verdict.proof
    if proof is None or proof.outcome in (Outcome.CONTAINED, Outcome.STATED):
        return ""
    if proof.outcome is Outcome.UNKNOWN:
        return "Whether a value shows it is unknown."
    return f"Shown by {_value(proof.value)}, which only the {proof.side} describes."


def _value(value: object) -> str:
    told = _message(cast("Mapping[str, object]", value)) if _is_message(value) else _json(value)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _is_message(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    names = set(cast("Mapping[str, object]", value))
    return {"method", "path"} <= names or names == {"status", "headers"}


def _message(told: Mapping[str, object]) -> str:
    """A request or an answer as people write it."""
    query = urlencode(cast("Mapping[str, object]", told.get("query") or {}), doseq=True)
    start = f"{told['method']} {told['path']}" if "method" in told else str(told["status"])
    headers = cast("Mapping[str, object]", told.get("headers") or {})
    parts = [f"{start}?{query}" if query else start]
    parts += [f"{name}: {value}" for name, value in headers.items()]
    parts += [f"cookies {_json(told['cookies'])}"] if "cookies" in told else []
    parts += [f"body {_json(told['body'])}"] if "body" in told else []
    if "credentials" in told:
        held = cast("Mapping[str, object]", told["credentials"])
        parts.append(f"with {' and '.join(held) or 'no credentials'}")
    return ", ".join(parts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def touched(touch: Touch) -> str:
    """What a change touches of the tests, as a sentence; nothing where it touches none."""
    told = [f"{len(touch.calls)} recorded calls"] if touch.calls else []
    told += [f"laws {', '.join(touch.laws)}"] if touch.laws else []
    told += [f"accepted {', '.join(touch.accepted)}"] if touch.accepted else []
    return f"Touches {'; '.join(told)}." if told else ""


def totals(comparison: Comparison) -> str:
    """How much changed, and which parts of the versions grow by it."""
    if not comparison.verdicts:
        return f"{comparison.base} and {comparison.revision}: nothing changed"
    counts = Counter(each.level for each in comparison.verdicts)
    told = [f"{counts[level]} {level}" for level in Level]
    told += [f"{len(comparison.approved)} of them approved"] if comparison.approved else []
    return f"{', '.join(told)}; version: {comparison.bump}, client: {comparison.client}"
