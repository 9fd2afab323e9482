"""Whether values that were fine still are, with a value that shows it where they are not.

In come pairs of schemas and a direction, out go proofs. Of a request, everything that the base
accepts must be accepted by the revision; of an answer, everything that the revision makes possible
must have been possible before. A value that shows the opposite was checked by jsonschema-rs on
both sides. Where neither is shown, the proof says unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.api import Api, Conform
from generator.api import Direction as Travel
from generator.api.walk import reachable
from generator.diagnostics import Where
from generator.diff.change import Direction, Fact, Pair
from generator.diff.equality import Equality
from generator.diff.fitting import Fitting
from generator.diff.keywords import BOUNDS
from generator.diff.samples import Samples

_LARGEST = 400
KINDS = {
    **{word: keyword for keyword, word in BOUNDS.items()},
    "type": "type",
    "null": "type",
    "list-of-types": "type",
    "enum": "enum",
    "enum-value": "enum",
    "const": "constant",
    "pattern": "pattern",
    "multiple-of": "multipleOf",
    "unique-items": "uniqueItems",
    "required": "required",
    "property": "required",
    "additional-properties": "additionalProperties",
    "any-of": "anyOf",
    "one-of": "oneOfNotValid",
}
"""What a validator calls the fault that a value has by a subject of facts."""


class Outcome(StrEnum):
    """What was shown; `stated` where no value can show more than what is written."""

    WITNESS = "witness"
    CONTAINED = "contained"
    UNKNOWN = "unknown"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Witness:
    """A value that one side admits, with the keywords of the other that it breaks."""

    value: object
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown of a pair; `value` is the witness, `side` the description that admits it."""

    outcome: Outcome
    value: object = None
    side: str = ""
    witnesses: tuple[Witness, ...] = ()

    def about(self, fact: Fact) -> Proof:
        """The same proof with the value that shows this fact best: the shortest of those."""
        wanted = KINDS.get(fact.subject)
        listed = [each for each in self.witnesses if each.value in (fact.before, fact.after)]
        named = listed if fact.subject == "enum-value" else []
        kind = [each for each in self.witnesses if wanted in each.kinds]
        chosen = named or kind or self.witnesses
        return replace(self, value=chosen[0].value) if chosen else self

    def sendable(self) -> Proof:
        """The same proof with a value that can stand in a path, where none is empty."""
        if self.outcome is not Outcome.WITNESS or self.value not in ("", None):
            return self
        kept = [each for each in self.witnesses if each.value not in ("", None)]
        return replace(self, value=kept[0].value) if kept else UNKNOWN


UNKNOWN = Proof(Outcome.UNKNOWN)
"""Nothing could be shown."""
STATED = Proof(Outcome.STATED)
"""No value shows it: it is a date, a name, a behaviour."""


class Containment:
    """Proves pairs of schemas, each once in a direction."""

    def __init__(
        self, base: Api, revision: Api, conform: Mapping[str, Conform] | None = None
    ) -> None:
        self._apis = {"base": base, "revision": revision}
        self._equality = {"base": Equality(base, revision), "revision": Equality(revision, base)}
        self._conform = conform or {side: Conform(api) for side, api in self._apis.items()}
        self._known: dict[tuple[Pair, str, Travel], Proof] = {}

    def prove(self, pair: Pair, direction: Direction, flipped: bool = False) -> Proof:
        """Whether what was fine still is; `flipped` below a `not`."""
        if direction == "":
            return UNKNOWN
        admits = "base" if (direction == "request") != flipped else "revision"
        key = (pair, admits, direction)
        if key not in self._known:
            self._known[key] = self._prove(pair, admits, direction)
        return self._known[key]

    def _prove(self, pair: Pair, side: str, travel: Travel) -> Proof:
        old, new = pair
        ours, theirs = (old, new) if side == "base" else (new, old)
        rival = "revision" if side == "base" else "base"
        one, other = self._apis[side], self._apis[rival]
        if max(len(reachable(one, [ours])), len(reachable(other, [theirs]))) > _LARGEST:
            return UNKNOWN
        witnesses = self._witnesses(
            Samples(one, other, self._equality[side], travel).of(ours, theirs), side, travel, pair
        )
        if witnesses:
            return Proof(Outcome.WITNESS, witnesses[0].value, side, witnesses)

        def admits(where: Where, value: object) -> bool:
            return self._conform[rival].valid(where, value, travel)

        fits = Fitting(one, other, admits).fits(ours, theirs)
        return Proof(Outcome.CONTAINED) if fits else UNKNOWN

    def _witnesses(
        self, values: list[object], side: str, travel: Travel, pair: Pair
    ) -> tuple[Witness, ...]:
        """Values that the one side admits and the other does not, the shortest first."""
        old, new = pair
        one, other = self._conform["base"], self._conform["revision"]
        admits, at, refuses, there = (
            (one, old, other, new) if side == "base" else (other, new, one, old)
        )
        found: list[Witness] = []
        for value in values:
            if admits.valid(at, value, travel) and not refuses.valid(there, value, travel):
                faults = refuses.errors(there, value, travel)
                found.append(Witness(value, frozenset(each.kind for each in faults)))
        return tuple(sorted(found, key=_length))


def _length(witness: Witness) -> tuple[int, bool, str]:
    text = json.dumps(witness.value, sort_keys=True)
    blank = isinstance(witness.value, str) and not witness.value.isalnum()
    return len(text), blank, text
