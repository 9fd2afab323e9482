"""What a change does to tests: which recorded calls, laws and accepted findings it touches.

In come verdicts and what tests there are, out go line numbers of calls, ids of laws and of accepted
findings. A change that is no operation's touches the operations of its resource, or all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.api import Api, CallRecord
from generator.diff.judging import Verdict
from generator.report import Entry

_EVERYWHERE = frozenset(
    "server-path global-security global-security-scope credentials security-component-type"
    " behaviour-error behaviour-version behaviour-auth".split()
)
"""Subjects that every operation depends on, where they are no operation's."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Calls of a record in its order, laws by the name of an operation, accepted findings."""

    calls: Sequence[CallRecord] = ()
    laws: Mapping[str, frozenset[str]] | None = None
    accepted: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Touch:
    """What one change touches: lines of the record, ids of laws and of accepted findings."""

    calls: tuple[int, ...] = ()
    laws: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()


def touched_operations(verdict: Verdict, *apis: Api) -> frozenset[str]:
    """The names of the operations that a verdict is about, as any of the APIs calls them."""
    own = frozenset((verdict.site.operation, verdict.site.formerly)) - {""}
    if own:
        return own
    subject, every = verdict.fact.subject, [each for api in apis for each in api.operations]
    if subject in _EVERYWHERE:
        return frozenset(each.name for each in every)
    if subject != "behaviour-resource":
        return frozenset()
    resource = verdict.fact.name.partition("/")[0]
    uses = ((each.name, each.behaviours.resource) for each in every)
    return frozenset(name for name, use in uses if use is not None and use.resource == resource)


def touch(verdict: Verdict, tests: Suite, *apis: Api) -> Touch:
    """What a verdict touches of the tests."""
    names = touched_operations(verdict, *apis)
    known = tests.laws or {}
    laws = frozenset[str]().union(*(known.get(name, frozenset()) for name in names))
    every = frozenset[str]().union(*known.values())
    return Touch(
        # The first line of a record says what run it was.
        calls=tuple(n for n, each in enumerate(tests.calls, 2) if each.operation in names),
        laws=tuple(sorted(laws)),
        accepted=tuple(e.id for e in tests.accepted if names and _about(e, names, laws, every)),
    )


def _about(
    entry: Entry, names: frozenset[str], laws: frozenset[str], every: frozenset[str]
) -> bool:
    """Whether an accepted finding may be about these operations; it need not say which it is."""
    if entry.operation:
        return entry.operation in names
    rule = rule_of(entry)
    return rule in laws or rule not in every


def rule_of(entry: Entry) -> str:
    """The rule of an accepted finding: its id without the digest."""
    return re.sub(r"-[0-9a-f]{8}\Z", "", entry.id)
