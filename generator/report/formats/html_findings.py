"""Findings on the page: each opens to both sides, the calls that show it, and how to repeat them.

In come findings, out comes HTML in which every text is escaped.
"""

from __future__ import annotations

import json
from html import escape

from generator.api.exchange import CallRecord, Headers
from generator.report.finding import Finding
from generator.report.kin import Kin
from generator.report.redaction import cut

_CUT = 6000


def finding(found: Finding) -> str:
    """One finding, closed until it is clicked or linked to."""
    summary = (
        f'<span class="rule {found.severity}">{escape(found.rule)}</span>'
        f"<b>{escape(found.operation)}</b><span>{escape(found.title)}</span>"
    )
    return (
        f'<details class="finding"><summary>{summary}</summary>'
        f'<div class="inside" id="{escape(found.id)}">{_inside(found)}</div></details>'
    )


def alike(group: Kin, inside: str) -> str:
    """Findings that have much in common, closed until it is clicked or one of them is linked to."""
    first = group.first
    summary = (
        f'<span class="rule {first.severity}">{escape(first.rule)}</span>'
        f"<span>{escape(group.said)}</span>"
    )
    return (
        f'<details class="finding kin"><summary>{summary}</summary>'
        f'<div class="inside">{inside}</div></details>'
    )


def _inside(found: Finding) -> str:
    place = f" &middot; {escape(str(found.where))}" if found.where else ""
    head = f'<p class="soft"><code>{escape(found.id)}</code>{place}</p>'
    return (
        head
        + f'<p class="message">{escape(found.message)}</p>'
        + _sides(found)
        + _calls(found)
        + _again(found)
    )


def _sides(found: Finding) -> str:
    told = (("expected", found.expected), ("actual", found.actual))
    sides = "".join(
        f'<div class="side {name}"><h4>{name}</h4><pre>{escape(text)}</pre></div>'
        for name, text in told
        if text
    )
    return f'<div class="sides">{sides}</div>' if sides else ""


def _calls(found: Finding) -> str:
    if not found.calls:
        return ""
    return "<h4>the calls</h4>" + "".join(map(_call, found.calls))


def _call(call: CallRecord) -> str:
    sent, got = call.request, call.response
    asked = _message(f"{sent.method} {sent.target}", sent.headers, sent.body)
    told = _message(f"{got.status}", got.headers, got.body)
    return f'<div class="call"><pre>{asked}</pre><pre>{told}</pre></div>'


def _message(first: str, headers: Headers, body: bytes) -> str:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    text = "\n".join(lines) + (f"\n\n{_readable(body)}" if body else "")
    return escape(cut(text, _CUT))


def _readable(body: bytes) -> str:
    """JSON indented where it is short enough to be read, all else as it is."""
    if len(body) <= _CUT:
        try:
            return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
        except (ValueError, RecursionError):
            pass
    return body.decode("utf-8", "backslashreplace")


def _again(found: Finding) -> str:
    told = (("again, in a shell", found.curl), ("again, by pytest", found.test))
    return "".join(f"<h4>{name}</h4><pre>{escape(text)}</pre>" for name, text in told if text)
