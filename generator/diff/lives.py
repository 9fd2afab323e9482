"""How the life of an element changed: deprecated or not, when it goes, how settled it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.api import Operation, Parameter
from generator.diagnostics import Where
from generator.diff.change import Fact
from generator.diff.views import View


@dataclass(frozen=True, slots=True)
class Life:
    """What an element says of its life, as written."""

    deprecated: bool
    sunset: str
    stability: str


def life(element: Operation | Parameter) -> Life:
    """The life of an operation or a parameter."""
    found = element.lifecycle
    return Life(element.deprecated, found.sunset, found.stability)


def life_facts(old: View, new: View) -> Iterator[Fact]:
    """How the lives of two schemas differ."""
    yield from differences(_of_schema(old), _of_schema(new), old.outer, new.outer)


def _of_schema(view: View) -> Life:
    sunset, stability = view.keyword("x-sunset"), view.keyword("x-stability-level")
    told = ["" if each is None else str(each) for each in (sunset, stability)]
    return Life(view.flag("deprecated"), *told)


def differences(old: Life, new: Life, base: Where, revision: Where) -> Iterator[Fact]:
    """One fact for each of the three that differs; `after` of all is the whole new life."""
    if old == new:
        return
    told = (
        ("deprecation", old.deprecated != new.deprecated),
        ("sunset", old.deprecated and new.deprecated and old.sunset != new.sunset),
        ("stability", old.stability != new.stability),
    )
    for subject, differs in told:
        if differs:
            yield Fact(
                subject=subject,
                action="changed",
                before=old,
                after=new,
                base=base,
                revision=revision,
            )
