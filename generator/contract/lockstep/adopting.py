"""What a target holds, read before the two sides set out together.

In comes a world, out come the things that can be seen, each with the tenant whose credentials see
it. Reading is bounded: of a kind with more things than that the rest is not known, and lists of
that kind are then told apart by the run itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from generator.contract.calling.connection import NoAnswer
from generator.contract.kinds import Kind
from generator.contract.world import Thing, Unreachable, World

MOST = 100


@dataclass(frozen=True)
class Held:
    """The things that were there, with the tenant of each."""

    owned: tuple[tuple[str, Thing], ...] = ()

    def without(self, other: Thing) -> Held:
        """The same, but for a thing that was deleted and what lay in it."""
        inside = other.keys.items()
        return Held(tuple(each for each in self.owned if not inside <= each[1].keys.items()))

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things alone."""
        return tuple(thing for _, thing in self.owned)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Their keys."""
        return frozenset(thing.key for thing in self.things if thing.key)


def held(world: World) -> Held:
    """Everything that the run's principals can see."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, Thing]] = {}
    for tenant, view in world.views():
        for kind in view.kinds:
            with suppress(Unreachable, NoAnswer):
                for thing in islice(_standing(view, kind), MOST):
                    mark = kind.name, tuple(sorted(thing.keys.items()))
                    found.setdefault(mark, (tenant, thing))
    return Held(tuple(found.values()))


def _standing(world: World, kind: Kind) -> Iterator[Thing]:
    """The things of a kind as reading shows them: a list may leave fields out."""
    read = kind.one("read")
    for thing in world.standing(kind.name):
        if read is None or kind.resource.singleton:
            yield thing
            continue
        answer = world.call(read, thing)
        item = world.item(answer) if answer.success else {}
        yield Thing(thing.kind, thing.keys, {**thing.fields, **item})
