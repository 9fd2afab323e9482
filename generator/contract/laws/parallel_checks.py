"""Calls at once of which one may pass: what was checked still holds when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import generator.contract.laws.unique as unique
import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.at_once import AT_ONCE, changes, creates
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class ParallelUnique(Law):
    """Of creates at once with one value for what is unique one succeeds at most; so of changes."""

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
            body = unique.again(world, operation, name, first.fields.get(name))
            made = creates(world, operation, parent, body)
            if len(made) > 1:
                title = f"{len(made)} things that were made at once have the same {name}"
                yield self.broken(world, made, title, expected="one of them", actual=len(made))
            for change in kind.by_role("update", "replace"):
                if unique.takes(world, change, name):
                    yield from self._changed(world, change, first, name, delete)

    def _changed(
        self, world: World, operation: Operation, gone: Thing, name: str, delete: Operation
    ) -> Iterator[Finding]:
        """Give more than one thing the value that another had."""
        kind, value = world.kinds[gone.kind], gone.fields.get(name)
        things = [world.make(kind.name, above(world, kind, gone)) for _ in range(AT_ONCE)]
        due = [(each, unique.changed(world, operation, each, name, value)) for each in things]
        done = changes(world, operation, due)
        if len(done) > 1:
            title = f"{len(done)} things that were changed at once have the same {name}"
            yield self.broken(world, done, title, expected="one of them", actual=len(done))
        for thing in things:
            world.call(delete, thing)


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
        update = next(updating.updates(world, operation, thing), None)
        if update is None:
            raise Unreachable(f"{operation.name} changes no field that a read shows")
        request = world.request(operation, thing, body=update.body)
        asked = replace(request, headers=(*request.headers, ("If-Match", tag)))
        due = operation, asked, world.principal_for(operation)
        answers = world.at_once([due] * AT_ONCE)
        done = [each for each in answers if each.success]
        if len(done) > 1:
            title = f"{len(done)} changes at once were made on the same precondition"
            yield self.broken(world, done, title, expected="one 2xx, then 412", actual=len(done))


def _conditional(operation: Operation) -> bool:
    named = {each.name.lower() for each in operation.parameters if each.location == "header"}
    return "if-match" in named and operation.response(412) is not None
