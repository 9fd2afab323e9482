"""Smoke: every operation's success is reached once, by way of the resource model.

What an operation needs is made, or adopted where nothing makes it. In comes a world, out go the
operations that were not reached, each with what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.model import Operation
from generator.contract.calling.connection import NoAnswer
from generator.contract.pointer import MISSING
from generator.contract.world import Thing, Unreachable, World

_ORDER = ("create", "list", "read", "update", "replace", "upsert", "act", "delete")


def smoke(world: World) -> Iterator[tuple[Operation, str]]:
    """Call every operation; yields those without success, and why."""
    for operation in sorted(world.api.operations, key=_rank):
        try:
            reason = reach(world, operation)
        except (Unreachable, NoAnswer) as error:
            reason = str(error)
        if reason:
            yield operation, reason


def reach(world: World, operation: Operation) -> str:
    """Try to get a success; empty where it was had, else what the last answer was."""
    thing = subject(world, operation)
    said = "no valid body could be drawn"
    for body in candidates(world, operation, thing):
        answer = world.call(operation, thing, body=body)
        if answer.success:
            return ""
        said = f"it answered {answer}{_guessed(world, operation)}"
    return said


def _guessed(world: World, operation: Operation) -> str:
    """What is to be said of path parameters whose values nothing gives."""
    made_up = [each.name for each in world.unkeyed(operation) if not each.examples]
    return f"; nothing but its schema gives a value for {', '.join(made_up)}" if made_up else ""


def subject(world: World, operation: Operation) -> Thing | None:
    """The thing that an operation is called on: what it lies in where it makes or lists."""
    use = operation.behaviours.resource
    if use is None:
        around = [*world.kinds.keys(operation).values()]
        return world.any(around[-1]) if around else None
    parent = world.kinds[use.resource].resource.parent
    if use.role in ("create", "list"):
        return world.any(parent) if parent else None
    own = use.role == "delete" and operation.name not in world.target.destructive
    return world.make(use.resource) if own else world.any(use.resource)


def candidates(world: World, operation: Operation, thing: Thing | None) -> Iterator[object]:
    """Bodies that should succeed; one that names its thing by an alternative key does so."""
    use = operation.behaviours.resource
    if operation.body is None or use is None:
        yield from _plain(world, operation)
        return
    by = use.by.field if use.by else ""
    named = {by: thing.fields[by]} if thing and by in thing.fields else {}
    yield from world.bodies.of(operation, named)


def _plain(world: World, operation: Operation) -> Iterator[object]:
    content = world.bodies.content(operation)
    if content is None:
        yield MISSING
    else:
        yield from world.draw.bodies(content)


def _rank(operation: Operation) -> int:
    use = operation.behaviours.resource
    return _ORDER.index(use.role) if use else _ORDER.index("act")
