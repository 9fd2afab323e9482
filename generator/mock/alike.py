"""Operations of one method whose paths differ in the names of their parameters alone.

OpenAPI takes such paths for one and the same (3.1, section 4.8.8.2), but they are written. Which is
meant is told by the values: the first operation whose schemas take them, else the first of all.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.api.exchange import Request, Response
from generator.mock.calls import Failed
from generator.mock.operations import CompiledOperation
from generator.mock.state import State
from generator.mock.steps import Step


class Alike:
    """What stands at a path and method that several operations have."""

    def __init__(self, first: CompiledOperation) -> None:
        self._operations = [first]

    def add(self, operation: CompiledOperation) -> None:
        """One more, which is asked last."""
        self._operations.append(operation)

    def step(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> Step:
        """The answer of the operation that is meant."""
        return self._meant(state, request, values).step(state, request, headers, values)

    def failures(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> tuple[str, list[Failed]]:
        """What fails in the operation that is meant."""
        return self._meant(state, request, values).failures(state, request, headers, values)

    def tell(self, status: int, example: str, accept: str | None) -> Response | None:
        """The answer of the first that declares the status."""
        told = (each.tell(status, example, accept) for each in self._operations)
        return next((each for each in told if each is not None), None)

    def _meant(self, state: State, request: Request, values: list[str]) -> CompiledOperation:
        takers = (each for each in self._operations if each.takes(state, request, values))
        return next(takers, self._operations[0])
