"""Every rule by its id, and under which rules a change falls: the families put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import generator.diff.rules.behaviours as behaviours
import generator.diff.rules.bodies as bodies
import generator.diff.rules.clients as clients
import generator.diff.rules.documents as documents
import generator.diff.rules.lifecycle as lifecycle
import generator.diff.rules.operations as operations
import generator.diff.rules.parameters as parameters
import generator.diff.rules.properties as properties
import generator.diff.rules.schemas as schemas
import generator.diff.rules.security as security
from generator.diff.change import Change
from generator.diff.rules.family import Named, Namer
from generator.diff.rules.policy import Policy
from generator.diff.rules.rule import Rule, rules_of

_TABLES = (
    operations.ROWS,
    documents.ROWS,
    security.ROWS,
    parameters.ROWS,
    bodies.ROWS,
    properties.ROWS,
    schemas.ROWS,
    lifecycle.ROWS,
    behaviours.ROWS,
    clients.ROWS,
)
_NAMERS: Mapping[str, Namer] = {
    **operations.NAMERS,
    **documents.NAMERS,
    **parameters.NAMERS,
    **bodies.NAMERS,
    **properties.NAMERS,
    **schemas.NAMERS,
    **lifecycle.NAMERS,
}

PLAIN: tuple[Rule, ...] = tuple(rule for rows in _TABLES for rule in rules_of(rows))
"""Every rule that is not about a facet of a schema."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.id: rule for rule in (*schemas.facet_rules(), *PLAIN)}
)
"""Every rule by its id."""


def named(change: Change, policy: Policy) -> Iterator[Named]:
    """The rules that a change falls under; none where no rule is about it."""
    fact = change.fact
    namer = _NAMERS.get(fact.subject)
    if namer is not None:
        yield from namer(change, policy)
    elif fact.pair is not None:
        yield from schemas.facet(change, fact.subject, fact.action)
    else:
        made = f"api-{fact.subject}-{fact.action}"
        yield (made if made in RULES else f"{fact.subject}-{fact.action}"), fact
