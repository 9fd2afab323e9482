"""Calls at the same time: what is made is distinct, and what is changed is not lost silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.at_once import told
from generator.contract.laws.law import Law
from generator.contract.smoke import subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

_AT_ONCE = 4
_SHOWN = 2


class ParallelCreates(Law):
    """Things that are made at once have keys of their own, and each stands in the list once."""

    id: ClassVar[str] = "parallel-creates"
    says: ClassVar[str] = "What is made at the same time is distinct, and all of it is there."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-resource",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """What makes things that have a key and can be listed."""
        for kind in kinds:
            listed = next(kind.by_role("list"), None) is not None
            if kind.resource.key and kind.creator is not None and listed:
                yield kind.creator

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Make some at once, then read the list."""
        kind, parent = world.kinds[use_of(operation).resource], subject(world, operation)
        bodies = [self._body(world, operation) for _ in range(_AT_ONCE)]
        caller = world.principal_for(operation)
        requests = [world.request(operation, parent, body=each) for each in bodies]
        answers = world.at_once([(operation, each, caller) for each in requests])
        made = [each for each in answers if each.success]
        if len(made) < 2:
            raise Unreachable(f"of {_AT_ONCE} calls at once {len(made)} succeeded")
        yield from self._distinct(world, operation, parent, made)
        # At once: which of them has which key is chance, and what follows must not depend on it.
        if (delete := kind.one("delete")) is not None:
            for each in made:
                world.call(delete, world.thing(kind, parent, told(world, each)))

    def _body(self, world: World, operation: Operation) -> object:
        """What is shown first; where no name is known to make it distinct, what is drawn last."""
        if use_of(operation).resource not in world.inferred:
            return world.body(operation)
        *_, last = (world.body(operation), *world.bodies.of(operation, {}))
        return last

    def _distinct(
        self, world: World, operation: Operation, parent: Thing | None, made: list[Answer]
    ) -> Iterator[Finding]:
        kind = world.kinds[use_of(operation).resource]
        keys = [str(told(world, each).get(kind.resource.key)) for each in made]
        if len(set(keys)) < len(keys):
            title = "things that were made at once have the same key"
            alike = [each for each, key in zip(made, keys, strict=True) if keys.count(key) > 1]
            shown = alike[:_SHOWN]
            yield self.broken(world, shown, title, expected=f"{len(keys)} keys", actual=keys)
            return
        listing = next(kind.by_role("list"))
        if not world.lists_all(listing):
            return
        listed = Counter(
            str(each.get(kind.resource.key)) for each in world.everything(listing, parent)
        )
        lost = [key for key in keys if listed[key] != 1]
        if lost:
            title = "what was made at once does not stand in the list once each"
            wrong = [each for each, key in zip(made, keys, strict=True) if key in lost]
            seen = [*wrong[:_SHOWN], world.call(listing, parent)]
            yield self.broken(world, seen, title, expected=keys, actual=f"wrong: {lost}")


class ParallelUpdates(updating.OfUpdates):
    """After updates at once each field has a value that one of those that succeeded sent."""

    id: ClassVar[str] = "parallel-updates"
    says: ClassVar[str] = "An update that succeeds is not lost to another at the same time."

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Change a field each at once, or one field to two values, then read."""
        kind = world.kinds[use_of(operation).resource]
        thing = world.make(kind.name)
        updates = list(updating.updates(world, operation, thing))[:_AT_ONCE]
        if len(updates) == 1:
            updates += updating.updates(world, operation, thing)
        if len(updates) < 2:
            raise Unreachable(f"{operation.name} changes no field that a read shows")
        caller = world.principal_for(operation)
        requests = [world.request(operation, thing, body=each.body) for each in updates]
        answers = world.at_once([(operation, each, caller) for each in requests])
        read = world.read(thing)
        seen = world.item(read)
        pairs = zip(updates, answers, strict=True)
        taken = {id(each): answer for each, answer in pairs if answer.success}
        done = [each for each in updates if id(each) in taken]
        for name in dict.fromkeys(each.field for each in done):
            # What else a body must hold may name the field too.
            bodies = [updating.named(operation, each.body) for each in done]
            sent = [body[name] for body in bodies if name in body]
            if seen.get(name) not in sent:
                title = f"an update of {name} was answered as done and is lost"
                shown = {name: seen.get(name)}
                expected = {name: sent[0] if len(sent) == 1 else sent}
                # The one that is lost, and one that it may be lost to.
                told = sorted(done, key=lambda each: each.field != name)[:_SHOWN]
                calls = [*(taken[id(each)] for each in told), read]
                yield self.broken(world, calls, title, expected=expected, actual=shown)
