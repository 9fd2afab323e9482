"""Calls at the same time that do not agree: what they are, and which of them were done.

In come things that the run made; out come the answers that no order of the calls explains, none
where there is one. What the calls leave behind is removed by the same calls whoever came first:
which did is chance, and what follows must not depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import generator.contract.laws.updating as updating
from generator.api.model import Operation
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kind, use_of
from generator.contract.laws.read_your_writes import sent
from generator.contract.world import Thing, Unreachable, World

AT_ONCE = 3
"""How many calls of one kind are made at once: the first may be over before the second comes."""


def deletes(world: World, operation: Operation, thing: Thing) -> list[Answer]:
    """Delete a thing more than once: those that succeeded."""
    due = operation, world.request(operation, thing), world.principal_for(operation)
    return [each for each in world.at_once([due] * AT_ONCE) if each.success]


def creates(world: World, operation: Operation, parent: Thing | None, body: object) -> list[Answer]:
    """Make a thing more than once by equal calls: those that succeeded; what they made is gone."""
    kind = world.kinds[use_of(operation).resource]
    due = operation, world.request(operation, parent, body=body), world.principal_for(operation)
    # The same call each time: which of them succeeds is chance.
    made = [each for each in world.at_once([due] * AT_ONCE) if each.success]
    things = [world.thing(kind, parent, told(world, each)) for each in made]
    if (delete := kind.one("delete")) is not None:
        for thing in {each.key: each for each in things}.values():
            world.call(delete, thing)
    return made


def changes(
    world: World, operation: Operation, changed: Sequence[tuple[Thing, object]]
) -> list[Answer]:
    """Change things, each by a body: those that succeeded."""
    caller = world.principal_for(operation)
    due = [
        (operation, world.request(operation, thing, body=body), caller) for thing, body in changed
    ]
    return [each for each in world.at_once(due) if each.success]


def besides(world: World, operation: Operation, kind: Kind) -> Iterator[list[Answer]]:
    """Delete things while one of a kind is put into each: both answers where both succeeded.

    What is put there is once the plainest and once the fullest that may be sent, since what is
    optional may be what takes the time; each call is sent first once.
    """
    create, delete = kind.creator, kind.one("delete")
    if create is None or delete is None:
        raise Unreachable(f"no operation deletes {kind.name}")
    bodies = [world.body(create), *world.bodies.of(create, {})]
    for body in (min(bodies, key=_size), max(bodies, key=_size)):
        for early in (True, False):
            thing = world.make(use_of(operation).resource)
            put = create, world.request(create, thing, body=body), world.principal_for(create)
            gone = operation, world.request(operation, thing), world.principal_for(operation)
            # Drawn whether it is needed or not; the caller may have chosen it.
            unknown = {kind.resource.key: world.draw.fresh(None), **updating.named(create, body)}
            answers = world.at_once([put, gone] if early else [gone, put])
            made, deleted = answers if early else reversed(answers)
            fields = told(world, made) if made.success else unknown
            world.deleted(delete, world.thing(kind, thing, fields))
            world.deleted(operation, thing)
            yield [made, deleted] if made.success and deleted.success else []


def _size(body: object) -> int:
    return len(json.dumps(body, default=str))


def told(world: World, answer: Answer) -> dict[str, object]:
    """What was made: a receipt may leave to the request what is called how."""
    receipt = use_of(answer.operation).receipt
    return {**(sent(answer) if receipt else {}), **world.item(answer)}
