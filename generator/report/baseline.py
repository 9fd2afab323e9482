"""What is known and accepted for a while: findings by id, each with a reason, an owner, an end.

In comes a TOML text and what was found, out comes what of it is accepted, what was accepted for too
long, and what no longer happens. An entry without reason, owner and end is refused: nothing is
accepted silently or for ever.

    [[accepted]]
    id = "read-your-writes-1f2e3d4c"
    reason = "Fixed with the next release of the store."
    owner = "store team"
    expires = 2027-01-31
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from generator.report.finding import Finding
from generator.report.report import Report


class BaselineError(ValueError):
    """A baseline that cannot be used; the text says which entry, and why."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One accepted finding; `operation` may say what it is about."""

    id: str
    reason: str
    owner: str
    expires: date
    operation: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    accepted: list[Entry] = []
    approved: list[Any] = []


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which ids are accepted, which entries ended, and which no longer happen."""

    accepted: frozenset[str]
    expired: tuple[Entry, ...]
    gone: tuple[Entry, ...]


def read_baseline(text: str) -> tuple[Entry, ...]:
    """The entries of a baseline."""
    try:
        entries = msgspec.convert(tomllib.loads(text), _File).accepted
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BaselineError(str(error)) from None
    for each in entries:
        if not (each.id and each.reason.strip() and each.owner.strip()):
            raise BaselineError(f"{each.id or 'an entry'}: id, reason and owner must be said")
    return tuple(entries)


def judged(entries: Iterable[Entry], ids: Iterable[str], today: date) -> Verdict:
    """What the entries say of what was found."""
    found, known = set(ids), list(entries)
    standing = [each for each in known if each.expires >= today]
    return Verdict(
        accepted=frozenset(each.id for each in standing) & found,
        expired=tuple(each for each in known if each.expires < today and each.id in found),
        gone=tuple(each for each in known if each.id not in found),
    )


def with_baseline(report: Report, entries: Iterable[Entry], today: date) -> Report:
    """The report without what is accepted; an entry that no longer happens is a finding."""
    verdict = judged(entries, (each.id for each in report.findings), today)
    ended = {each.id: each for each in verdict.expired}
    kept = [
        _ended(each, ended[each.id]) if each.id in ended else each
        for each in report.findings
        if each.id not in verdict.accepted
    ]
    return replace(
        report,
        findings=(*kept, *map(_gone, verdict.gone)),
        accepted=tuple(each for each in report.findings if each.id in verdict.accepted),
    )


def _ended(finding: Finding, entry: Entry) -> Finding:
    told = f"It was accepted until {entry.expires} ({entry.owner}: {entry.reason})."
    return replace(finding, message=f"{finding.message}\n{told}")


def _gone(entry: Entry) -> Finding:
    return Finding(
        part="baseline",
        rule="baseline",
        operation="",
        title=f"{entry.id} is accepted and no longer happens",
        message=f"Take the entry out ({entry.owner}: {entry.reason}).",
    )
