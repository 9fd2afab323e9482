"""What was deleted is gone: by its key, from the list, and with what lay in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.behaviours import FaultKind
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.judging.refusals import listed, statuses
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import above
from generator.contract.laws.law import Law
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class GoneAfterDelete(Law):
    """A deleted thing is answered as one that never was; its neighbour stands."""

    id: ClassVar[str] = "gone-after-delete"
    says: ClassVar[str] = "After a delete the thing is gone, and nothing else is."
    wfc: ClassVar[int | None] = 113
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Deletes of things that the run can make."""
        for kind in kinds:
            if kind.creator is not None:
                yield from kind.by_role("delete")

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make two and something in the first, delete the first, look everywhere."""
        kind = world.kinds[use_of(operation).resource]
        thing = world.make(kind.name)
        neighbour = world.make(kind.name, above(world, kind, thing))
        children = list(_children(world, kind, thing))
        deleted = world.call(operation, thing)
        if not deleted.success:
            raise Unreachable(f"{operation.name} answered {deleted}")
        yield from self._unreadable(world, kind, thing, deleted)
        yield from self._unlisted(world, kind, thing, deleted)
        for child in children:
            yield from self._unreadable(world, world.kinds[child.kind], child, deleted)
        yield from self._again(world, operation, thing, deleted)
        yield from self._neighbour(world, kind, neighbour, deleted)

    def _unreadable(
        self, world: World, kind: Kind, thing: Thing, deleted: Answer
    ) -> Iterator[Finding]:
        operation = kind.one("read")
        if operation is None:
            return
        read = world.call(operation, thing)
        inside = kind.name != use_of(deleted.operation).resource
        lost: FaultKind = "parent-not-found" if inside else "not-found"
        wanted = statuses(world.api, operation, lost)
        if read.status not in wanted:
            yield self.broken(
                world,
                [deleted, read],
                f"after {deleted.operation.name} a read does not answer as for an unknown key",
                expected=listed(wanted),
                actual=str(read),
            )

    def _unlisted(
        self, world: World, kind: Kind, thing: Thing, deleted: Answer
    ) -> Iterator[Finding]:
        listing = next(kind.by_role("list"), None)
        if listing is None:
            return
        parent = above(world, kind, thing)
        keys = [str(each.get(kind.resource.key)) for each in world.everything(listing, parent)]
        if thing.key in keys:
            yield self.broken(
                world,
                [deleted, world.call(listing, parent)],
                "what was deleted still stands in the list",
                expected=f"no {thing.key}",
                actual=keys,
            )

    def _again(
        self, world: World, operation: Operation, thing: Thing, deleted: Answer
    ) -> Iterator[Finding]:
        again = world.deleted(operation, thing)
        wanted = statuses(world.api, operation, "not-found")
        # Deleting what is gone may succeed (RFC 9110, section 9.3.5), unless it is said otherwise.
        guessed = use_of(operation).resource in world.inferred
        if again.status not in wanted and not (guessed and again.success):
            yield self.broken(
                world,
                [deleted, again],
                "a second delete does not answer as for an unknown key",
                expected=listed(wanted),
                actual=str(again),
            )

    def _neighbour(
        self, world: World, kind: Kind, neighbour: Thing, deleted: Answer
    ) -> Iterator[Finding]:
        if kind.one("read") is None:
            return
        read = world.read(neighbour)
        if not read.success:
            yield self.broken(
                world,
                [deleted, read],
                "a delete took another thing with it",
                expected="2xx",
                actual=str(read),
            )


def _children(world: World, kind: Kind, thing: Thing) -> Iterator[Thing]:
    for child in world.kinds.children(kind.name):
        # Whether a thing goes with what lies in it, or stays for it, is not to be guessed.
        if child.name in world.kinds.guarding(kind.name) or kind.name in world.inferred:
            continue
        try:
            yield world.make(child.name, thing)
        # A child that cannot be made is the smoke part's business.
        except Unreachable:
            continue
