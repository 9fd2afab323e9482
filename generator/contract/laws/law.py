"""What a law is: an id, what it says, what it needs, the operations that it is about, its check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from generator.api.model import Api, Operation
from generator.contract.judging.answer import Answer, shown
from generator.contract.kinds import Kinds
from generator.contract.world import World
from generator.diagnostics import Where
from generator.report import Finding


class Law(ABC):
    """One law. Its id is public and stable; without the behaviours it `needs` it is silent.

    `wfc` is the number that the Web Fuzzing Commons give to the fault, where they know it.
    """

    id: ClassVar[str]
    says: ClassVar[str]
    wfc: ClassVar[int | None] = None
    needs: ClassVar[tuple[str, ...]]

    @abstractmethod
    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """The operations on which the law can be checked."""

    @abstractmethod
    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Check one of them; Unreachable where what it takes cannot be had."""

    def applies(self, api: Api) -> bool:
        """Whether the description declares what the law needs."""
        return next(self.subjects(Kinds(api)), None) is not None

    def broken(
        self,
        world: World,
        answers: Sequence[Answer],
        title: str,
        *,
        expected: object = "",
        actual: object = "",
        where: Where | None = None,
    ) -> Finding:
        """A finding about the last of the answers."""
        last = answers[-1]
        return Finding(
            part="laws",
            rule=self.id,
            operation=last.operation.name,
            title=title,
            message=self.says,
            where=where or last.operation.where,
            calls=tuple(world.client.redacted(each.call) for each in answers),
            expected=shown(expected),
            actual=shown(actual),
        )
