"""A filter keeps exactly the items that match, by the match that is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar

from generator.api.model import Operation, Parameter
from generator.contract.judging.paging import pages
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.law import Law
from generator.contract.laws.pages import filled
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding

_MATCHES: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "exact": lambda value, asked: value == asked,
        "exact-ignore-case": lambda value, asked: value.casefold() == asked.casefold(),
        "prefix-ignore-case": lambda value, asked: value.casefold().startswith(asked.casefold()),
        "contains-ignore-case": lambda value, asked: asked.casefold() in value.casefold(),
    }
)
_MOST_VALUES = 4


class FilterExact(Law):
    """The filtered list is the subset of the whole list that the declared match keeps."""

    id: ClassVar[str] = "filter"
    says: ClassVar[str] = "A filter keeps exactly the matching items."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-filter", "x-lockstep-resource")

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Lists with a filter."""
        for kind in kinds:
            yield from (each for each in kind.by_role("list") if any(_filters(each)))

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Ask for whole values, their beginnings, middles, other cases and longer ones."""
        parent = filled(world, operation, 2)
        kind = world.kinds[use_of(operation).resource]
        _likened(world, operation, parent)
        whole = world.everything(operation, parent)
        if not whole:
            raise Unreachable(f"{operation.name} shows no items to filter")
        for parameter in _filters(operation):
            for asked in _probes(world, parameter, whole):
                yield from self._asked(
                    world, operation, parent, parameter, asked, whole, kind.resource.key
                )

    def _asked(
        self,
        world: World,
        operation: Operation,
        parent: Thing | None,
        parameter: Parameter,
        asked: str,
        whole: list[dict[str, object]],
        key: str,
    ) -> Iterator[Finding]:
        rule = parameter.behaviours.filter
        assert rule is not None
        found: list[str] = []
        answers = [
            page.answer
            for page in pages(
                operation,
                lambda query: world.call(operation, parent, query={**query, parameter.name: asked}),
            )
        ]
        for answer in answers:
            if not answer.success:
                raise Unreachable(f"{operation.name} answered {answer}")
        for answer in answers:
            found += [str(each.get(key)) for each in world.items(answer)]
        fits = _MATCHES[rule.match]
        wanted = [
            str(each.get(key)) for each in whole if fits(str(each.get(rule.field, "")), asked)
        ]
        if sorted(found) != sorted(wanted):
            yield self.broken(
                world,
                answers,
                f"{parameter.name} does not keep exactly what matches ({rule.match})",
                expected=wanted,
                actual=found,
                where=parameter.where,
            )


def _filters(operation: Operation) -> Iterator[Parameter]:
    return (each for each in operation.parameters if each.behaviours.filter)


def _likened(world: World, operation: Operation, parent: Thing | None) -> None:
    """Make things whose names differ in case, or go on where another ends."""
    kind = world.kinds[use_of(operation).resource]
    if kind.creator is None:
        return
    for parameter in _filters(operation):
        rule = parameter.behaviours.filter
        first = world.make(kind.name, parent)
        name = first.fields.get(rule.field) if rule else None
        if rule is None or not isinstance(name, str):
            continue
        for other in (name.swapcase(), _longer(name)):
            try:
                world.make(kind.name, parent, {rule.field: other})
            # Where such a name is refused there is nothing to tell apart.
            except Unreachable:
                continue


def _probes(world: World, parameter: Parameter, whole: list[dict[str, object]]) -> list[str]:
    rule = parameter.behaviours.filter
    assert rule is not None
    values = [str(each[rule.field]) for each in whole if rule.field in each]
    probes: dict[str, None] = {}
    for value in [*values[: _MOST_VALUES // 2], *values[-_MOST_VALUES // 2 :]]:
        middle = value[1:-1] or value
        for probe in (value, value[: len(value) // 2] or value, middle, value.swapcase()):
            probes[probe] = None
        probes[_longer(value)] = None
    allowed = parameter.schema
    return [each for each in probes if allowed is None or world.draw.valid(allowed, each)]


def _longer(name: str) -> str:
    local, found, domain = name.partition("@")
    return f"{local}x{found}{domain}"
