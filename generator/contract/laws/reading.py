"""Reads: they change nothing, and say the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, Kinds, use_of
from generator.contract.laws.compare import differences, part, settled
from generator.contract.laws.law import Law
from generator.contract.smoke import subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

# RFC 9110, section 9.2.1: the other safe method, TRACE, is not a description's to offer.
_SAFE = ("GET", "HEAD", "OPTIONS")
_TIMES = 3


class SafeMethods(Law):
    """After safe calls of every kind a thing reads as before, the moment of its change included."""

    id: ClassVar[str] = "safe-methods"
    says: ClassVar[str] = "Safe methods change nothing."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Reads by key."""
        for kind in kinds:
            read = kind.one("read")
            if read is not None:
                yield read

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Read, call everything safe about the thing, read again."""
        kind = world.kinds[use_of(operation).resource]
        thing, caller = world.any(kind.name), world.principal_for(operation)
        first = world.read(thing)
        if not first.success:
            raise Unreachable(f"{operation.name} answered {first}")
        request, called = world.request(operation, thing), list[Answer]()
        for method in _SAFE:
            sent = type(request)(method, request.target, request.headers)
            called.append(Answer(operation, world.client.send(operation.name, sent, caller)))
        last = world.read(thing)
        before, after = world.item(first), world.item(last)
        changed = list(differences(before, after, self._fields(world, kind)))
        changed += [] if last.success else ["all"]
        if changed:
            title = f"safe methods changed {', '.join(changed)}"
            seen = part(before, changed), part(after, changed) if last.success else str(last)
            answers = [first, *called, last]
            yield self.broken(world, answers, title, expected=seen[0], actual=seen[1])

    def _fields(self, world: World, kind: Kind) -> frozenset[str]:
        """What a read may not change: the moment of the last change is of it."""
        sources = kind.resource.fields.items()
        return settled(world, kind) | {name for name, each in sources if each.now == "updated"}


class RepeatableRead(Law):
    """A read, and a list, say the same as often as they are asked while nothing is written."""

    id: ClassVar[str] = "repeatable-read"
    says: ClassVar[str] = "What nobody changes reads the same each time."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Reads and lists."""
        for kind in kinds:
            yield from kind.by_role("read", "list")

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Ask a few times."""
        thing = self._thing(world, operation)
        answers = [world.call(operation, thing) for _ in range(_TIMES)]
        first = answers[0]
        if not first.success:
            raise Unreachable(f"{operation.name} answered {first}")
        for again in answers[1:]:
            if again.status != first.status or self._said(world, again) != self._said(world, first):
                title = "the same call says something else the second time"
                yield self.broken(
                    world,
                    [first, again],
                    title,
                    expected=self._said(world, first),
                    actual=self._said(world, again),
                )
                return

    def _thing(self, world: World, operation: Operation) -> Thing | None:
        use = use_of(operation)
        return world.any(use.resource) if use.role == "read" else subject(world, operation)

    def _said(self, world: World, answer: Answer) -> object:
        """What an answer says of things that does not depend on the moment."""
        use = use_of(answer.operation)
        kind = world.kinds[use.resource]
        names = settled(world, kind)
        if use.role == "read":
            return part(world.item(answer), sorted(names))
        told = [part(each, sorted(names)) for each in world.items(answer)]
        return sorted(told, key=str) if kind.resource.unordered else told
