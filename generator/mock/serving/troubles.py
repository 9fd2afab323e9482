"""Troubles that a server may give its clients: refusals, waits, cut connections, truncated bodies.

In come texts like `429:0.1` or `delay:200`, out come, request by request, the troubles that are
due. They are drawn from a seed: the same requests meet the same troubles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.mock.samples import generator

Kind = Literal["status", "delay", "cut", "truncate"]

_SHARE = r"(?::(0|1|0?\.[0-9]+|1\.0+|0\.[0-9]+))?"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("status", re.compile(rf"([45][0-9]{{2}}){_SHARE}")),
    ("delay", re.compile(rf"delay:([0-9]{{1,7}}){_SHARE}")),
    ("cut", re.compile(rf"cut(){_SHARE}")),
    ("truncate", re.compile(rf"truncate(){_SHARE}")),
)


class TroubleError(ValueError):
    """A text that names no trouble; the message says what would."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble: `amount` is the status, or the milliseconds to wait; `share` how often."""

    kind: Kind
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class Due:
    """What one request meets: milliseconds to wait, a status in place of an answer, a bad end."""

    delay: int = 0
    status: int = 0
    cut: bool = False
    truncate: bool = False


def trouble_of(text: str) -> Trouble:
    """The trouble that a text names: STATUS, delay:MILLISECONDS, cut or truncate, then [:SHARE]."""
    for kind, form in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return Trouble(kind, int(match[1] or 0), float(match[2] or 1))
    raise TroubleError(
        f"{text!r} is no fault: write STATUS, delay:MS, cut or truncate, with :SHARE from 0 to 1"
    )


class Troubles:
    """The troubles of one server; each request draws once for each of them."""

    def __init__(self, troubles: Sequence[Trouble], seed: int) -> None:
        self._troubles = tuple(troubles)
        self._random = generator(seed, "troubles")

    def due(self) -> Due:
        """What the next request meets; of several statuses the first."""
        drawn = [each for each in self._troubles if self._random.random() < each.share]
        kinds = {each.kind for each in drawn}
        return Due(
            delay=sum(each.amount for each in drawn if each.kind == "delay"),
            status=next((each.amount for each in drawn if each.kind == "status"), 0),
            cut="cut" in kinds,
            truncate="truncate" in kinds,
        )
