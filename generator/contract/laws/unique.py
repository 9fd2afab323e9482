"""What no two things share: refused while it is taken, free again once it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api import walk
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.judging.refusals import declared, listed, statuses
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.pointer import placed
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class Unique(Law):
    """A value that another thing has is refused, by every write, until that thing is deleted."""

    id: ClassVar[str] = "unique"
    says: ClassVar[str] = "What is unique is refused while it is taken, and only then."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resources.unique",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Creates of things with fields that no two share, where a duplicate has a status."""
        yield from subjects(kinds)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make a thing, ask for its values again, delete it, ask once more."""
        kind = world.kinds[use_of(operation).resource]
        first = world.make(kind.name)
        parent = above(world, kind, first)
        for name in names(world, kind, operation):
            taken = first.fields.get(name)
            answer = world.call(operation, parent, body=again(world, operation, name, taken))
            yield from self._refused(world, operation, first, answer, name)
            for change in kind.by_role("update", "replace"):
                yield from self._changed(world, change, first, name)
        yield from self._freed(world, kind, operation, first)

    def _changed(
        self, world: World, operation: Operation, first: Thing, name: str
    ) -> Iterator[Finding]:
        kind = world.kinds[first.kind]
        if not takes(world, operation, name):
            return
        other = world.make(kind.name, above(world, kind, first))
        body = changed(world, operation, other, name, first.fields.get(name))
        answer = world.call(operation, other, body=body)
        yield from self._refused(world, operation, first, answer, name)

    def _refused(
        self, world: World, operation: Operation, first: Thing, answer: Answer, name: str
    ) -> Iterator[Finding]:
        wanted = statuses(world.api, operation, "duplicate")
        if answer.status not in wanted:
            made = [first.answer] if first.answer else []
            title = f"a {name} that another {first.kind} has is not refused as declared"
            yield self.broken(
                world, [*made, answer], title, expected=listed(wanted), actual=str(answer)
            )

    def _freed(
        self, world: World, kind: Kind, operation: Operation, first: Thing
    ) -> Iterator[Finding]:
        delete = kind.one("delete")
        if delete is None:
            return
        deleted = world.call(delete, first)
        if not deleted.success:
            raise Unreachable(f"{delete.name} answered {deleted}")
        for name in names(world, kind, operation):
            body = again(world, operation, name, first.fields.get(name))
            answer = world.call(operation, above(world, kind, first), body=body)
            if answer.status in statuses(world.api, operation, "duplicate"):
                title = f"a {name} that no {kind.name} has any more is refused as taken"
                yield self.broken(
                    world, [deleted, answer], title, expected="2xx", actual=str(answer)
                )


def subjects(kinds: Kinds) -> Iterator[Operation]:
    """Creates of things with fields that no two share, where a duplicate has a status."""
    for kind in kinds:
        for create in kind.by_role("create"):
            told = declared(kinds.api, create, "duplicate") is not None
            if told and (kind.resource.unique or _keyed(kinds, kind, create)):
                yield create


def names(world: World, kind: Kind, create: Operation) -> Iterator[str]:
    """The fields that no two things of a kind share and that a create sends."""
    schema = updating.request_schema(world, create)
    known = walk.properties(world.api, schema) if schema else {}
    keyed = [kind.resource.key] if _keyed(world.kinds, kind, create) else []
    yield from (each for each in dict.fromkeys((*kind.resource.unique, *keyed)) if each in known)


def again(world: World, create: Operation, name: str, value: object) -> object:
    """A body that is fine but for a field with the value of another thing."""
    body = next(iter(world.bodies.of(create, {name: value})), None)
    if updating.named(create, body).get(name) != value:
        raise Unreachable(f"{create.name} does not send {name}")
    return body


def takes(world: World, operation: Operation, name: str) -> bool:
    """Whether an operation changes a field."""
    schema = updating.request_schema(world, operation)
    return schema is not None and name in walk.properties(world.api, schema)


def changed(world: World, operation: Operation, thing: Thing, name: str, value: object) -> object:
    """A body that changes a field of a thing, which the operation takes, to a value."""
    schema = updating.request_schema(world, operation)
    kept = updating.base(world, operation, thing, schema) if schema else dict[str, object]()
    return placed(use_of(operation).request, {**kept, name: value})


def _keyed(kinds: Kinds, kind: Kind, create: Operation) -> bool:
    """Whether the caller chooses the key."""
    content = create.body.content if create.body else ()
    schema = next((each.schema for each in content if each.schema), None)
    pointer = use_of(create).request.split("/")[1:]
    inner = walk.at(kinds.api, schema, pointer) if schema else None
    place = walk.properties(kinds.api, inner).get(kind.resource.key) if inner else None
    return place is not None and not kinds.api.schemas[place].read_only
