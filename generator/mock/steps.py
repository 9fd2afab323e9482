"""What stands at a path and method, whatever it is: it steps states and tells what is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from generator.api.exchange import Determined, Request, Response
from generator.mock.calls import Failed
from generator.mock.state import State

Step = tuple[State, Response, Determined]
"""The state after a call, its answer, and what of the answer is decided."""


class Endpoint(Protocol):
    """Something that answers calls."""

    def step(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> Step:
        """The answer to a call, with the undecoded values of its path."""
        ...

    def failures(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> tuple[str, list[Failed]]:
        """The operation's name, and every check that the call fails, the later ones too."""
        ...

    def tell(self, status: int, example: str, accept: str | None) -> Response | None:
        """The answer that is declared for a status; None where none is."""
        ...
