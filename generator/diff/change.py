"""What the first layer says: facts, each at a site, without an opinion.

A `Fact` is one difference between two elements of the same kind; a `Change` is a fact where a
caller meets it: in which operation, in which direction, at which parameter or property. Whether it
breaks anybody is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from generator.api import Api
from generator.diagnostics import Where

Direction = Literal["", "request", "response"]
Action = Literal["added", "removed"]
Pair = tuple[Where, Where]


class Effect(StrEnum):
    """What a fact does to the set of values that a schema admits."""

    NARROWS = "narrows"
    WIDENS = "widens"
    CHANGES = "changes"
    NONE = "none"

    @property
    def flipped(self) -> Effect:
        """The effect seen from outside of a `not`."""
        return _FLIPPED.get(self, self)


_FLIPPED = {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One difference: `subject` is what differs, `action` how, `traits` what rules ask for.

    `name` is the property, value or scheme that it is about. `pair` are the two schemas that
    differ by it.
    """

    subject: str
    action: str
    before: object = None
    after: object = None
    base: Where | None = None
    revision: Where | None = None
    name: str = ""
    traits: frozenset[str] = frozenset()
    pair: Pair | None = None


def lonely(
    subject: str,
    action: Action,
    where: Where,
    *,
    name: str = "",
    traits: Iterable[str] = (),
    value: object = None,
) -> Fact:
    """The fact that one side alone has an element."""
    gone = action == "removed"
    return Fact(
        subject=subject,
        action=action,
        before=value if gone else None,
        after=None if gone else value,
        base=where if gone else None,
        revision=None if gone else where,
        name=name,
        traits=frozenset(traits),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a caller meets a fact; `trail` leads from a body or parameter down to the schema.

    A step of the trail is a property's name, or a keyword and which of its schemas in brackets.
    `formerly` is the operation's name in the base, `stability` what it promised to be.
    """

    method: str = ""
    path: str = ""
    operation: str = ""
    formerly: str = ""
    direction: Direction = ""
    element: Literal["", "body", "parameter", "header"] = ""
    name: str = ""
    location: str = ""
    status: str = ""
    media_type: str = ""
    trail: tuple[str, ...] = ()
    stability: str = ""

    @property
    def words(self) -> str:
        """The site below its operation, as people say it."""
        told = {
            "": "",
            "body": f"{self.direction} body {self.media_type}".strip(),
            "parameter": f"{self.location} parameter '{self.name}'",
            "header": f"response header '{self.name}'",
        }[self.element]
        if told and self.direction == "response":
            told = f"{told} of {self.status}"
        return f"{told} at /{'/'.join(self.trail)}" if self.trail else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact at its site; `flipped` below an odd number of `not`s."""

    fact: Fact
    site: Site
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between two descriptions, and the two."""

    base: Api
    revision: Api
    items: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
