"""What shows a verdict: a value of two schemas, or a whole message that one side does not describe.

In come the verdict of a rule and the change that it is about, out goes a proof. A breaking verdict
always has one: where nothing could be shown it says unknown, and where no message could show it
(a date, a name) that what is written shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import cast

import generator.diff.matching as matching
from generator.api import Api, Conform, Operation
from generator.diff.change import Change, Direction, Fact
from generator.diff.containment import STATED, UNKNOWN, Containment, Outcome, Proof
from generator.diff.documents import starts
from generator.diff.matching import Prefixes
from generator.diff.messages import Messages, Sent
from generator.diff.securities import admits
from generator.diff.styles import written

_UNASSERTED = frozenset(
    "discriminator read-only write-only x-extensible-enum-value"
    " content-schema content-media-type content-encoding".split()
)
"""Subjects that no validator asserts."""
_WRITTEN = frozenset("default-value deprecation sunset stability webhook".split())
"""Subjects that no message shows, but what is written."""


class Proofs:
    """Shows verdicts on the changes of two descriptions."""

    def __init__(self, base: Api, revision: Api, prefixes: Prefixes | None = None) -> None:
        cut = matching.inferred(base, revision) if prefixes is None else prefixes
        conform = {"base": Conform(base), "revision": Conform(revision)}
        self._containment = Containment(base, revision, conform)
        self._apis = (base, revision)
        self._prefixes = cut
        self._old = Messages(base, conform["base"], cut.base)
        self._new = Messages(revision, conform["revision"], cut.revision)
        self._before = {each.name: each for each in base.operations}
        self._after = {each.name: each for each in revision.operations}
        self._showers: Mapping[str, Callable[[Change], Iterator[Proof]]] = {
            "operation": self._unanswered,
            "parameter": self._refused,
            "required": self._refused,
            "body": self._refused,
            "media-type": self._refused,
            "media-type-schema": self._refused,
            "credentials": self._shut_out,
            "style": self._written_otherwise,
            "status": self._missing_status,
            "header": self._missing_header,
            "media-type-name": self._unknown_media_type,
            "server-path": self._lost_url,
        }

    def of_values(self, change: Change, fact: Fact) -> Proof | None:
        """What shows a fact about two schemas; None where it is about none, or none asserts it."""
        if fact.pair is None or change.site.element == "" or fact.subject in _UNASSERTED | _WRITTEN:
            return None
        direction: Direction = change.site.direction
        proof = self._containment.prove(fact.pair, direction, change.flipped).about(fact)
        return proof.sendable() if change.site.location == "path" else proof

    def of_messages(self, change: Change, fact: Fact) -> Proof:
        """What shows a fact that is about no pair of schemas."""
        if fact.subject in _WRITTEN or fact.subject.startswith("behaviour-"):
            return STATED
        shower = self._showers.get(fact.subject)
        if shower is None or (fact.pair is not None):
            return UNKNOWN
        return next(shower(change), UNKNOWN)

    def _operations(self, change: Change) -> tuple[Operation, Operation] | None:
        site = change.site
        old, new = self._before.get(site.formerly), self._after.get(site.operation)
        return (old, new) if old is not None and new is not None else None

    def _unanswered(self, change: Change) -> Iterator[Proof]:
        """A request of an operation that is gone."""
        operation = self._before.get(change.site.operation)
        sent = self._old.least(operation) if operation is not None else None
        if sent is not None:
            yield _base(sent)

    def _refused(self, change: Change) -> Iterator[Proof]:
        """A request that the base describes and the revision does not."""
        if change.site.element == "header":
            yield from self._missing_header(change)
            return
        pair = self._operations(change)
        sent = self._old.least(pair[0]) if pair is not None else None
        if pair is None or sent is None:
            return
        for each in self._variants(change, pair[0], sent):
            if self._old.accepts(pair[0], each) and not self._new.accepts(pair[1], each):
                yield _base(each)
        if change.site.direction == "response":
            yield _answer(change, "base")

    def _variants(self, change: Change, old: Operation, sent: Sent) -> Iterator[Sent]:
        fact, site = change.fact, change.site
        if fact.subject == "body":
            yield from (sent,) if fact.action == "added" else self._old.with_bodies(old, sent)
        elif fact.subject == "media-type" and site.direction == "response":
            yield replace(sent, accept=site.media_type)
        elif fact.subject.startswith("media-type"):
            yield from self._old.with_bodies(old, sent, site.media_type)
        else:
            yield sent

    def _shut_out(self, change: Change) -> Iterator[Proof]:
        """A request with credentials that were enough."""
        held = cast("Mapping[str, list[str]]", change.fact.before)
        pair = self._operations(change)
        everywhere = matching.operations(*self._apis, self._prefixes).both
        for old, new in everywhere if pair is None else (pair,):
            shut = admits(old.security, held) and not admits(new.security, held)
            sent = self._old.least(old) if shut else None
            if sent is not None:
                yield Proof(Outcome.WITNESS, {**sent.told(), "credentials": held}, "base")

    def _written_otherwise(self, change: Change) -> Iterator[Proof]:
        """A value that both sides write differently; contained where no value can be."""
        pair = self._operations(change)
        sides = zip(pair or (), (change.fact.base, change.fact.revision), strict=False)
        found = [each for one, where in sides for each in one.parameters if each.where == where]
        if len(found) != 2:
            return
        old, new = found
        for value in self._old.values(old):
            before, after = (written(old.name, e.style, e.explode, value) for e in found)
            if before != after:
                told = {"value": value, "base": before, "revision": after}
                yield Proof(Outcome.WITNESS, told, "base")
        if self._old.scalar(old) and old.style == new.style:
            yield Proof(Outcome.CONTAINED)

    def _missing_status(self, change: Change) -> Iterator[Proof]:
        """An answer that callers wait for, and that is described no longer."""
        pair, status = self._operations(change), change.site.status
        if pair is None or not status.isdecimal():
            return
        if pair[1].response(int(status)) is None:
            yield Proof(Outcome.WITNESS, {"status": int(status)}, "base")

    def _missing_header(self, change: Change) -> Iterator[Proof]:
        """An answer without a header that was always there."""
        pair, site = self._operations(change), change.site
        if pair is None:
            return
        old, new = (
            next((each for each in operation.responses if each.status == site.status), None)
            for operation in pair
        )
        headers = self._new.least_headers(new) if new is not None else None
        if old is not None and headers is not None and not self._old.describes(old, headers):
            yield Proof(
                Outcome.WITNESS, {"status": _status(site.status), "headers": headers}, "revision"
            )

    def _unknown_media_type(self, change: Change) -> Iterator[Proof]:
        """An answer of a media type that the base does not describe."""
        if change.site.direction == "response":
            yield _answer(change, "revision")

    def _lost_url(self, _: Change) -> Iterator[Proof]:
        """A request to a base URL that the revision no longer has."""
        base, revision = self._apis
        gone = set(starts(base, self._prefixes.base)) - set(
            starts(revision, self._prefixes.revision)
        )
        for operation in base.operations:
            sent = self._old.least(operation)
            if sent is not None and gone:
                path = matching.cut(operation.path, self._prefixes.base)
                yield _base(replace(sent, path=min(gone) + path))


def _base(sent: Sent) -> Proof:
    return Proof(Outcome.WITNESS, sent.told(), "base")


def _answer(change: Change, side: str) -> Proof:
    """An answer of the media type that the change is about, which one side alone describes."""
    headers = {"Content-Type": change.site.media_type}
    return Proof(Outcome.WITNESS, {"status": _status(change.site.status), "headers": headers}, side)


def _status(told: str) -> int | str:
    return int(told) if told.isdecimal() else told
