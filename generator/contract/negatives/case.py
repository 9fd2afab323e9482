"""One negative case: a request with one fault in it, and what the description says of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.api.behaviours import FaultKind
from generator.api.exchange import Request
from generator.contract.negatives.values import at_limit
from generator.diagnostics import Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request, what is wrong with it in words that stay the same, and the place that says so.

    `kinds` are the classes of fault that it may be taken for; without any it is one that must not
    be refused as wrong. `wanted` are its statuses where no class of fault says
    them; of a case that is fine, those that it must not get.
    """

    name: str
    request: Request
    kinds: tuple[FaultKind, ...] = ()
    where: Where | None = None
    keyword: str = ""
    wanted: frozenset[int] = frozenset()

    @property
    def limit(self) -> bool:
        """Whether it is a value just inside a limit."""
        return not self.kinds and at_limit(self.name)
