"""Media types, Accept and the choice between representations (RFC 9110, sections 8.3 and 12.5.1).

In come header values and the types that a server offers, out come media types and the offer that
fits best. What cannot be read is None, or skipped in a list; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import generator.wire.fields as fields

_ESSENCE = re.compile(rf"[ \t]*({fields.TOKEN})/({fields.TOKEN})[ \t]*(?=;|$)")
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type or range; type, subtype and the names of parameters are in lower case."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> MediaType | None:
        """The media type that the text spells; None where it spells none."""
        return _parsed(text)

    @property
    def essence(self) -> str:
        """The type and subtype, without parameters."""
        return f"{self.type}/{self.subtype}"

    @property
    def suffix(self) -> str | None:
        """The structured syntax suffix (RFC 6839): `json` of `application/problem+json`."""
        _, plus, suffix = self.subtype.rpartition("+")
        return suffix if plus else None

    @property
    def is_json(self) -> bool:
        """Whether a body of this type is JSON."""
        return self.essence in {"application/json", "text/json"} or self.suffix == "json"

    def parameter(self, name: str) -> str | None:
        """The value of a parameter."""
        return fields.first(self.parameters, name.lower())

    def matches(self, other: MediaType) -> bool:
        """Whether this type, as a range, covers the other: wildcards, and every parameter named."""
        if self.type not in ("*", other.type) or self.subtype not in ("*", other.subtype):
            return False
        return all(_agrees(name, value, other) for name, value in self.parameters)

    def __str__(self) -> str:
        pairs = (f";{name}={fields.token_or_quoted(value)}" for name, value in self.parameters)
        return self.essence + "".join(pairs)


@lru_cache(256)
def _parsed(text: str) -> MediaType | None:
    # The same few stand in most messages, and are asked about several times in each.
    essence = _ESSENCE.match(text)
    if essence is None:
        return None
    found, end = fields.parameters(text, essence.end())
    if text[end:].strip(" \t"):
        return None
    return MediaType(essence[1].lower(), essence[2].lower(), found)


@dataclass(frozen=True, slots=True)
class AcceptRange:
    """One range of an Accept field with its weight, from 0 (refused) to 1."""

    range: MediaType
    quality: float

    @property
    def specificity(self) -> tuple[int, int]:
        """More is more specific: wildcards last, then by the number of parameters."""
        exact = (self.range.type != "*") + (self.range.subtype != "*")
        return exact, len(self.range.parameters)


def parse_accept(text: str) -> tuple[AcceptRange, ...]:
    """The ranges of an Accept field in its order; members that make no sense are skipped."""
    ranges = (_accept_range(member) for member in fields.members(text))
    return tuple(each for each in ranges if each is not None)


def negotiate(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offer that the Accept field likes best; None where it takes none of them.

    Without a readable field everything is welcome and the first offer wins. Between equal weights
    the offer that was named more specifically wins, then the one that is offered first.
    """
    ranges = parse_accept(accept or "")
    if not ranges:
        return offered[0] if offered else None
    best: str | None = None
    best_rank = (0.0, (-1, -1))
    for offer in offered:
        rank = _rank(offer, ranges)
        if rank[0] > 0 and rank > best_rank:
            best, best_rank = offer, rank
    return best


@lru_cache(maxsize=1024)
def is_json(text: str | None) -> bool:
    """Whether a Content-Type value names JSON."""
    parsed = MediaType.parse(text or "")
    return parsed is not None and parsed.is_json


def covers(declared: str, media_type: str) -> bool:
    """Whether a declared media type or range takes in a media type, parameters aside."""
    one, other = MediaType.parse(declared), MediaType.parse(media_type)
    return one is not None and other is not None and MediaType(one.type, one.subtype).matches(other)


@lru_cache(maxsize=1024)
def may_be_json(text: str) -> bool:
    """Whether a media type, which may be a range, takes in JSON."""
    parsed = MediaType.parse(text)
    return parsed is not None and (
        parsed.is_json or parsed.matches(MediaType("application", "json"))
    )


def _agrees(name: str, value: str, other: MediaType) -> bool:
    theirs = other.parameter(name)
    if name == "charset":
        # Descriptions seldom name the charset that a server sends: asking for one refuses nothing.
        return theirs is None or theirs.lower() == value.lower()
    return theirs == value


def _accept_range(text: str) -> AcceptRange | None:
    parsed = MediaType.parse(text)
    if parsed is None or (parsed.type == "*" and parsed.subtype != "*"):
        return None
    names = [name for name, _ in parsed.parameters]
    if "q" not in names:
        return AcceptRange(parsed, 1.0)
    at = names.index("q")
    weight = parsed.parameters[at][1]
    if _QUALITY.fullmatch(weight) is None:
        return None
    # What follows the weight are extensions of Accept, not parameters of the type.
    return AcceptRange(
        MediaType(parsed.type, parsed.subtype, parsed.parameters[:at]), float(weight)
    )


def _rank(offer: str, ranges: Sequence[AcceptRange]) -> tuple[float, tuple[int, int]]:
    media_type = MediaType.parse(offer)
    fitting = [each for each in ranges if media_type is not None and each.range.matches(media_type)]
    if not fitting:
        return 0.0, (-1, -1)
    # The most specific range decides the weight, not the kindest.
    decisive = max(fitting, key=lambda each: each.specificity)
    return decisive.quality, decisive.specificity
