"""Calls at once that only one may pass: what was checked still holds when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import generator.contract.laws.unique as unique
import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.answer import Answer
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

_AT_ONCE = 3


class ParallelUnique(Law):
    """Of writes at once with one value for what is unique, one succeeds at most."""

    id: ClassVar[str] = "parallel-unique"
    says: ClassVar[str] = "Of calls at the same time that ask for one unique value one gets it."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resources.unique",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Creates of things with fields that no two share, where a duplicate has a status."""
        yield from unique.subjects(kinds)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Take the values of a thing that is gone again, more than once."""
        kind = world.kinds[use_of(operation).resource]
        delete = kind.one("delete")
        if delete is None:
            raise Unreachable(f"no operation deletes {kind.name}")
        first = world.make(kind.name)
        parent = above(world, kind, first)
        if not world.call(delete, first).success:
            raise Unreachable(f"{delete.name} did not succeed")
        for name in unique.names(world, kind, operation):
            value = first.fields.get(name)
            bodies = [unique.again(world, operation, name, value) for _ in range(_AT_ONCE)]
            made = self._made(world, operation, [(parent, each) for each in bodies])
            yield from self._one(world, made, name)
            things = [world.thing(kind, parent, world.item(each)) for each in made]
            for thing in {each.key: each for each in things}.values():
                world.call(delete, thing)
            for change in kind.by_role("update", "replace"):
                yield from self._changed(world, change, parent, name, value)

    def _changed(
        self, world: World, operation: Operation, parent: Thing | None, name: str, value: object
    ) -> Iterator[Finding]:
        others = [world.make(use_of(operation).resource, parent) for _ in range(_AT_ONCE)]
        bodies = [unique.changed(world, operation, each, name, value) for each in others]
        if None not in bodies:
            made = self._made(world, operation, list(zip(others, bodies, strict=True)))
            yield from self._one(world, made, name)

    def _made(
        self, world: World, operation: Operation, calls: list[tuple[Thing | None, object]]
    ) -> list[Answer]:
        """Those of the calls at once that succeed."""
        requests = [world.request(operation, thing, body=body) for thing, body in calls]
        caller = world.principal_for(operation)
        answers = world.at_once([(operation, each, caller) for each in requests])
        return [each for each in answers if each.success]

    def _one(self, world: World, made: list[Answer], name: str) -> Iterator[Finding]:
        if len(made) > 1:
            title = f"{len(made)} things that were written at once have the same {name}"
            yield self.broken(world, made, title, expected="one of them", actual=len(made))


class ParallelGuard(Law):
    """Of what a guard forbids together one succeeds: a thing is filled or it is removed."""

    id: ClassVar[str] = "parallel-guard"
    says: ClassVar[str] = "A guard holds for what is made at the same time."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-guard",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Deletes with a guard on what the run can make."""
        for kind in kinds:
            for operation in kind.by_role("delete"):
                guards = operation.behaviours.guards
                if kind.creator and any(kinds[each.has].creator for each in guards):
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Remove a thing and put something into it at once."""
        for guard in operation.behaviours.guards:
            create = world.kinds[guard.has].creator
            if create is None:
                continue
            thing = world.make(use_of(operation).resource)
            body = next(iter(world.bodies.of(create, {})))
            calls = [(operation, world.request(operation, thing))]
            calls += [(create, world.request(create, thing, body=body))]
            answers = world.at_once([(by, it, world.principal_for(by)) for by, it in calls])
            if all(each.success for each in answers):
                title = f"a {guard.has} was made in what was removed at the same time"
                yield self.broken(world, answers, title, expected="one of them", actual="both")


class ParallelPreconditions(Law):
    """Of changes at once that ask for the same tag, one succeeds (RFC 9110, section 13.1.1)."""

    id: ClassVar[str] = "parallel-preconditions"
    says: ClassVar[str] = "A precondition that another call has made false is not met."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource", "If-Match")

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Changes that take If-Match."""
        for kind in kinds:
            if kind.one("read") is not None:
                yield from filter(_conditional, kind.by_role("update", "replace"))

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Change a thing at once, each time on condition that it is as it was read."""
        thing = world.make(use_of(operation).resource)
        tag = world.read(thing).call.response.header("ETag")
        if tag is None:
            raise Unreachable(f"a {thing.kind} has no ETag")
        # Each changes something, so that the tag holds for the first alone.
        updates = list(updating.updates(world, operation, thing))[:_AT_ONCE]
        requests = [world.request(operation, thing, body=each.body) for each in updates]
        caller, asked = world.principal_for(operation), ("If-Match", tag)
        requests = [replace(each, headers=(*each.headers, asked)) for each in requests]
        answers = world.at_once([(operation, each, caller) for each in requests])
        done = [each for each in answers if each.success]
        if len(done) > 1:
            title = f"{len(done)} changes at once were made on the same precondition"
            yield self.broken(world, done, title, expected="one 2xx, then 412", actual=len(done))


def _conditional(operation: Operation) -> bool:
    named = {each.name.lower() for each in operation.parameters if each.location == "header"}
    return "if-match" in named and operation.response(412) is not None
