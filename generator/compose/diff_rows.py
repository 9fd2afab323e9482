"""The change report as rows: for programs an array of objects, for people a line or two each.

In come a comparison and the positions of places in both descriptions, out goes text. The Markdown
form is a changelog: a heading a level, a line a change.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.compose.diff import Comparison, shown
from generator.diagnostics import Span, Where
from generator.diff import Outcome, Verdict

Spans = Mapping[Where | Span, Span]


def places(comparison: Comparison) -> tuple[list[Where], list[Where]]:
    """The places of a comparison in base and revision, to be found all at once."""
    base = [each.base for each in comparison.verdicts if each.base]
    revision = [each.revision for each in comparison.verdicts if each.revision]
    return base, revision


def as_json(comparison: Comparison, base: Spans, revision: Spans) -> str:
    """An array of objects, one a verdict; fields are only ever added."""
    rows = [
        _row(each, comparison.approved.get(number), base, revision)
        for number, each in enumerate(comparison.verdicts)
    ]
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
    }


def as_text(comparison: Comparison, base: Spans, revision: Spans) -> Iterator[str]:
    """Lines for people: by operation, the weightiest first, and totals."""
    heading = None
    for number, verdict in enumerate(comparison.verdicts):
        label = f"{verdict.site.method} {verdict.site.path}".strip() or "the description"
        if label != heading:
            heading = label
            yield label
        approved = comparison.approved.get(number)
        level = "approved" if approved is not None else str(verdict.level)
        yield f"  {level:8}  {verdict.rule.id}: {verdict.message}{shown(verdict)}"
        yield f"            {_both(verdict, base, revision)}"
    yield from (f"{each.rule}: {each.message}" for each in comparison.faults)
    yield _totals(comparison)


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """Lines of a changelog, the weightiest first."""
    yield f"# Changes from {_escaped(comparison.base)} to {_escaped(comparison.revision)}"
    yield ""
    yield _escaped(_totals(comparison))
    for level, title in _TITLES.items():
        rows = [pair for pair in enumerate(comparison.verdicts) if pair[1].level == level]
        if rows:
            yield from ("", f"## {title}", "")
            yield from (_bullet(each, comparison.approved.get(number)) for number, each in rows)
    for fault in comparison.faults:
        yield f"\n**{_escaped(fault.message)}** (`{fault.rule}`)"


_TITLES = {"breaking": "Breaking", "warning": "Worth a look", "info": "Other changes"}


def _bullet(verdict: Verdict, approved: str | None) -> str:
    label = f"{verdict.site.method} {verdict.site.path}".strip()
    place = f"**{_escaped(label)}** " if label else ""
    told = _escaped(f"{verdict.message}{shown(verdict)}")
    note = f" (approved: {_escaped(approved)})" if approved is not None else ""
    return f"- {place}{told}{note} (`{verdict.rule.id}`)"


def _escaped(text: str) -> str:
    """The text on one line, with nothing that Markdown or HTML would read as markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|!&])", r"\\\1", " ".join(text.split()))


def _both(verdict: Verdict, base: Spans, revision: Spans) -> str:
    told = [str(base[verdict.base])] if verdict.base else []
    told += [str(revision[verdict.revision])] if verdict.revision else []
    return " -> ".join(told)


def _totals(comparison: Comparison) -> str:
    if not comparison.verdicts:
        return f"{comparison.base} and {comparison.revision}: nothing changed"
    counts = Counter(str(each.level) for each in comparison.verdicts)
    told = ", ".join(_counted(counts))
    return f"{told}; version: {comparison.bump}, client: {comparison.client}"


def _counted(counts: Counter[str]) -> Iterable[str]:
    return (f"{counts[level]} {level}" for level in ("breaking", "warning", "info"))
