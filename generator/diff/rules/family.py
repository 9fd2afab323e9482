"""What a family of rules is made of: a table of rows, and namers from subjects of facts to ids.

A namer says under which rules a change falls, each with the fact as the message shall tell it. A
subject without a namer falls under the rule whose id is made of its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.diff.change import Change, Fact
from generator.diff.rules.policy import Policy

Named = tuple[str, Fact]
Namer = Callable[[Change, Policy], Iterator[Named]]


def fixed(made: str) -> Namer:
    """The namer of facts that fall under one rule, whatever they are."""

    def namer(change: Change, _: Policy) -> Iterator[Named]:
        yield made, change.fact

    return namer


def need(change: Change) -> str:
    """`required` or `optional`, as the element was or is."""
    return "required" if "required" in change.fact.traits else "optional"
