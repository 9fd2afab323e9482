"""What a server refuses one after the other it refuses at once, though nobody declared it.

About resources that were inferred: a refusal is learned from calls in a row, then the same calls
are made at the same time. Where more of them succeed than any order of them allows, what was
checked did not hold when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api import walk
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.at_once import AT_ONCE, besides, changes, creates, deletes
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.pointer import placed
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class ParallelRefusals(Law):
    """Second deletes, things alike, deletes of what is full: refused in a row, so at once."""

    id: ClassVar[str] = "parallel-refusals"
    says: ClassVar[str] = "What is refused one call after the other is refused at once."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource (inferred)",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """What makes things that can be deleted."""
        for kind in kinds:
            if kind.creator is not None and kind.one("delete") is not None:
                yield kind.creator

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Of a kind that nobody declared, learn what is refused, then ask at once."""
        kind = world.kinds[use_of(operation).resource]
        delete = kind.one("delete")
        if kind.name not in world.inferred or delete is None:
            return
        yield from self._deleted(world, kind, delete)
        yield from self._alike(world, kind, operation, delete)
        for change in kind.by_role("update", "replace"):
            yield from self._changed(world, kind, change, delete)
        for child in world.kinds.children(kind.name):
            if child.creator is not None:
                yield from self._filled(world, kind, delete, child)

    def _deleted(self, world: World, kind: Kind, delete: Operation) -> Iterator[Finding]:
        thing = world.make(kind.name)
        _done(world.call(delete, thing))
        again = world.deleted(delete, thing)
        done = [] if again.success else deletes(world, delete, world.make(kind.name))
        yield from self._found(world, done, again, f"deletes of one of {kind.name}")

    def _alike(
        self, world: World, kind: Kind, create: Operation, delete: Operation
    ) -> Iterator[Finding]:
        first = world.make(kind.name)
        assert first.answer is not None
        parent, body = above(world, kind, first), first.answer.sent
        again = world.call(create, parent, body=body)
        _done(world.call(delete, first))
        if not again.success:
            done = creates(world, create, parent, body)
            yield from self._found(world, done, again, f"creates of {kind.name} that are alike")

    def _changed(
        self, world: World, kind: Kind, change: Operation, delete: Operation
    ) -> Iterator[Finding]:
        first = world.make(kind.name)
        parent = above(world, kind, first)
        others = [world.make(kind.name, parent) for _ in range(AT_ONCE)]
        due = [(each, _like(world, change, each, first)) for each in others]
        again = world.call(change, others[0], body=due[0][1])
        _done(world.call(delete, first))
        if not again.success:
            done = changes(world, change, due)
            yield from self._found(world, done, again, f"changes that make {kind.name} alike")
        for each in others:
            world.call(delete, each)

    def _filled(
        self, world: World, kind: Kind, delete: Operation, child: Kind
    ) -> Iterator[Finding]:
        removal = child.one("delete")
        if removal is None:
            return
        thing = world.make(kind.name)
        inside = world.make(child.name, thing)
        refused = world.call(delete, thing)
        if refused.success:
            return
        _done(world.call(removal, inside))
        _done(world.call(delete, thing))
        what = f"a create of {child.name} and a delete of what it lies in"
        for both in besides(world, delete, child):
            yield from self._found(world, both, refused, what)

    def _found(
        self, world: World, done: list[Answer], refused: Answer, what: str
    ) -> Iterator[Finding]:
        if len(done) > 1:
            title = f"{what}: more succeed at once than one after the other"
            yield self.broken(
                world, done, title, expected=f"one 2xx, then {refused}", actual=f"{len(done)} 2xx"
            )


def _done(answer: Answer) -> None:
    if not answer.success:
        raise Unreachable(f"{answer.operation.name} answered {answer}")


def _like(world: World, operation: Operation, thing: Thing, other: Thing) -> object:
    """A body that makes one thing like another in all that may be changed."""
    schema = updating.request_schema(world, operation)
    taken = walk.properties(world.api, schema) if schema else {}
    kept = updating.base(world, operation, thing, schema) if schema else dict[str, object]()
    key = world.kinds[thing.kind].resource.key
    alike = {name: value for name, value in other.fields.items() if name in taken and name != key}
    return placed(use_of(operation).request, {**kept, **alike})
