"""The ways to call an operation: as described, and with one thing that the description refuses.

In comes an operation, out come named ways; each makes the arguments of a call on a thing, or
nothing where it does not fit the thing. One fault a call: which of two faults is told is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.api import walk
from generator.api.exchange import Principal
from generator.api.model import Operation, Parameter
from generator.contract.drawing.arguments import Arguments
from generator.contract.kinds import use_of
from generator.contract.laws import updating
from generator.contract.laws.refused_write import forbidden
from generator.contract.pointer import MISSING, Missing, look, mapping, placed
from generator.contract.smoke import candidates
from generator.contract.world import Thing, World

_UNKNOWN = "lockstep-unknown"
_WRONG_SECRET = "lockstep-wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a way makes of a call."""

    arguments: Arguments = field(default_factory=Arguments)
    body: object | Missing = MISSING
    principal: Principal | Missing | None = MISSING


Make = Callable[[World, Operation, Thing | None, int], Asked | None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its name, and what makes its arguments from a thing and a number."""

    name: str
    make: Make


def ways(world: World, operation: Operation) -> tuple[Way, ...]:
    """The ways to call an operation, as described first."""
    return (
        Way("as described", described),
        *_bodies(operation),
        *_pages(operation),
        *_queries(world, operation),
        *_paths(operation),
        *_callers(world, operation),
        *_versions(world),
    )


def described(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
    """The call as the description wants it; the number chooses among its bodies."""
    return Asked(body=_chosen(_fine(world, operation, thing), value, MISSING))


def _fine(world: World, operation: Operation, thing: Thing | None) -> list[object]:
    use = operation.behaviours.resource
    if use is not None and thing is not None and use.role in ("update", "replace"):
        changes = [each.body for each in updating.updates(world, operation, thing)]
        if changes:
            return changes
    return list(candidates(world, operation, thing))


def _chosen(among: Sequence[object], value: int, otherwise: object) -> object:
    return among[value % len(among)] if among else otherwise


def _bodies(operation: Operation) -> Iterator[Way]:
    if operation.body is None or operation.behaviours.resource is None:
        return
    yield Way("with a body that is forbidden", _forbidden)
    yield Way("with a field that is unknown", _unknown_field)
    yield Way("with a field that is null", _null_field)
    yield Way("with the name of another", _named_alike)
    if operation.body.required:
        yield Way("without a body", _empty)


def _empty(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
    return Asked()


def _forbidden(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked | None:
    subject = thing if use_of(operation).role == "update" else None
    bodies = list(forbidden(world, operation, subject))
    return Asked(body=_chosen(bodies, value, MISSING)) if bodies else None


def _unknown_field(
    world: World, operation: Operation, thing: Thing | None, value: int
) -> Asked | None:
    body = _chosen(_fine(world, operation, thing), value, MISSING)
    changed = _within(operation, body, {_UNKNOWN: value})
    content = world.bodies.content(operation)
    open_world = (
        content is None or content.schema is None or world.draw.valid(content.schema, changed)
    )
    return None if open_world else Asked(body=changed)


def _null_field(
    world: World, operation: Operation, thing: Thing | None, value: int
) -> Asked | None:
    schema, content = updating.request_schema(world, operation), world.bodies.content(operation)
    fine = described(world, operation, thing, 0).body
    if schema is None or content is None or content.schema is None:
        return None
    names = [
        name
        for name, place in walk.properties(world.api, schema).items()
        if not world.api.schemas[place].read_only
    ]
    bodies = [_within(operation, fine, {name: None}) for name in names]
    return Asked(body=_chosen(bodies, value, MISSING)) if bodies else None


def _named_alike(
    world: World, operation: Operation, thing: Thing | None, value: int
) -> Asked | None:
    kind = world.kinds[use_of(operation).resource]
    other = world.recent(kind.name)
    fine = described(world, operation, thing, value).body
    inner = mapping(look(fine, use_of(operation).request))
    names = [name for name in world.bodies.naming(kind) if name in inner]
    if other is None or not names or names[0] not in other.fields:
        return None
    return Asked(body=_within(operation, fine, {names[0]: other.fields[names[0]]}))


def _within(operation: Operation, body: object, more: dict[str, object]) -> object:
    pointer = use_of(operation).request
    inner = {**mapping(look(body, pointer)), **more}
    return inner if not pointer else {**mapping(body), **mapping(placed(pointer, inner))}


def _queries(world: World, operation: Operation) -> Iterator[Way]:
    for parameter in operation.parameters:
        if parameter.location != "query":
            continue
        if parameter.behaviours.confirm is not None:
            yield _query_way(f"without its {parameter.name}", parameter, ("lockstep-no",))
        elif parameter.behaviours.filter is not None:
            yield Way(f"with {parameter.name}", _filtered(parameter))
        elif values := tuple(_values(world, parameter)):
            yield _query_way(f"with {parameter.name}", parameter, values)
            yield _query_way(f"with a wrong {parameter.name}", parameter, (_UNKNOWN,))


def _pages(operation: Operation) -> Iterator[Way]:
    paging = operation.behaviours.pagination
    if paging is None or not paging.size or paging.style not in ("page-number", "offset"):
        return
    name = paging.page if paging.style == "page-number" else paging.offset
    first = paging.start if paging.style == "page-number" else 0

    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
        query = {paging.size: 1 + value % 3, name: first + value % 5}
        return Asked(arguments=Arguments(query=query))

    yield Way("page by page", make)


def _query_way(name: str, parameter: Parameter, values: Sequence[object]) -> Way:
    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
        asked = described(world, operation, thing, 0)
        query = {parameter.name: _chosen(values, value, "")}
        return replace(asked, arguments=Arguments(query=query))

    return Way(name, make)


def _values(world: World, parameter: Parameter) -> Iterator[object]:
    """A few values around the ends of what the schema of a parameter allows."""
    if parameter.schema is None:
        return
    kinds = walk.types(world.api, parameter.schema)
    if "boolean" in kinds:
        yield from (True, False)
    if "integer" in kinds:
        least = walk.keyword(world.api, parameter.schema, "minimum")
        most = walk.keyword(world.api, parameter.schema, "maximum")
        first = least if isinstance(least, int) else 0
        yield from (first, first + 1, first - 1)
        yield from (most, most + 1) if isinstance(most, int) else ()
    yield from world.api.schemas[parameter.schema].enum or ()


def _filtered(parameter: Parameter) -> Make:
    rule = parameter.behaviours.filter
    assert rule is not None

    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked | None:
        other = world.recent(use_of(operation).resource)
        text = str(other.fields.get(rule.field, "")) if other else ""
        half = text[: len(text) // 2]
        probes = (text, half, text.swapcase(), text[1:-1], f"{text}x")
        fits = [
            each
            for each in probes
            if each and (parameter.schema is None or world.draw.valid(parameter.schema, each))
        ]
        if not fits:
            return None
        return Asked(arguments=Arguments(query={parameter.name: _chosen(fits, value, "")}))

    return make


def _paths(operation: Operation) -> Iterator[Way]:
    for parameter in operation.parameters:
        if parameter.location == "path" and operation.behaviours.resource is not None:
            yield Way(f"with an unknown {parameter.name}", _unknown_key(parameter))


def _unknown_key(parameter: Parameter) -> Make:
    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
        asked = described(world, operation, thing, value)
        path = {parameter.name: world.draw.fresh(parameter.schema)}
        return replace(asked, arguments=Arguments(path=path))

    return make


def _callers(world: World, operation: Operation) -> Iterator[Way]:
    if not operation.security or not world.target.principals:
        return
    yield Way("without credentials", _as(None))
    first = world.target.principals[0]
    wrong = replace(first, name="wrong secret", secret=_WRONG_SECRET)
    yield Way("with a wrong secret", _as(wrong))
    for principal in world.target.principals[1:]:
        yield Way(f"as {principal.name}", _as(principal))


def _as(principal: Principal | None) -> Make:
    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
        return replace(described(world, operation, thing, value), principal=principal)

    return make


def _versions(world: World) -> Iterator[Way]:
    version = world.api.behaviours.version
    if version is not None:
        accept = version.template.replace("{version}", "1815-12-10")
        yield Way("in an unknown version", _accepting(accept))
        yield Way("in no version", _accepting("application/json"))


def _accepting(accept: str) -> Make:
    def make(world: World, operation: Operation, thing: Thing | None, value: int) -> Asked:
        asked = described(world, operation, thing, value)
        return replace(asked, arguments=Arguments(accept=accept))

    return make
