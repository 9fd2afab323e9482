"""Clean-up: what the run made is deleted, last made first, and nothing else.

In comes a world, out goes what could not be deleted, and why. Things that lie in others go with
them unless they would keep those from being deleted.
"""

from __future__ import annotations

from contextlib import suppress

from generator.api.behaviours import FaultKind
from generator.api.model import Operation
from generator.contract.calling.client import Down
from generator.contract.calling.connection import NoAnswer
from generator.contract.kinds import Kind, fault
from generator.contract.world import Thing, Unreachable, World


def clean_up(world: World) -> list[str]:
    """Delete what the run made, last made first; what could not be deleted is told."""
    left: list[str] = []
    for entry in world.ledger:
        thing = Thing(entry.kind, dict(entry.keys), dict(entry.names))
        if not goes_along(world, thing) and (reason := _removed(world, thing, entry.principal)):
            left.append(f"{thing.kind} {thing.key}: {reason}")
    return left


def claim_left(world: World, run: str) -> int:
    """Take over what a run that ended early left behind: what its mark stands in the name of."""
    found = 0
    for _, view in world.views():
        for kind in view.kinds:
            with suppress(Unreachable, NoAnswer):
                found += sum(_claimed(view, kind, thing, run) for thing in view.standing(kind.name))
    return found


def _claimed(world: World, kind: Kind, thing: Thing, run: str) -> bool:
    names = {name: str(thing.fields[name]) for name in _names(world, kind) if name in thing.fields}
    marked = any(run in value for value in names.values())
    if marked:
        world.ledger.claim(kind.name, thing.keys, names)
    return marked


def _names(world: World, kind: Kind) -> list[str]:
    return [*world.bodies.naming(kind), *kind.resource.alternative_keys]


def goes_along(world: World, thing: Thing) -> bool:
    """Whether a thing lies in another that is deleted too, and that it is not known to guard."""
    above = {name: key for name, key in thing.keys.items() if name != thing.kind}
    parent = world.kinds[thing.kind].resource.parent
    if parent in world.inferred:
        return False
    return world.ledger.made(above) and thing.kind not in world.kinds.guarding(parent)


def _removed(world: World, thing: Thing, maker: str) -> str:
    operation = world.kinds[thing.kind].one("delete")
    if operation is None:
        return "no operation deletes it"
    with suppress(Unreachable, NoAnswer, Down):
        answer = world.call(operation, thing, principal=world.same_tenant(operation, maker))
        return "" if answer.success or answer.status in _gone(world, operation) else str(answer)
    return "no answer"


def _gone(world: World, operation: Operation) -> set[int]:
    kinds: tuple[FaultKind, ...] = ("not-found", "parent-not-found")
    return {404, 410}.union(*(fault(world.api, operation, kind).statuses for kind in kinds))
