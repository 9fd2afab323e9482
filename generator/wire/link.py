"""The Link field, read and written (RFC 8288).

In comes a field's text, out come its links; a member that is no link is skipped. Targets stay as
they were sent: whether to resolve or to follow one is the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import generator.wire.fields as fields

_TARGET = re.compile(r"[ \t,]*<([^<>]*)>")
_NEXT_MEMBER = re.compile(rf"(?:{fields.QUOTED}|[^\",])*(?:,|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its target, its relation types in lower case and its other parameters."""

    target: str
    relations: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        rest = "".join(f"; {name}={fields.quote(value)}" for name, value in self.parameters)
        return f"<{self.target}>; rel={fields.quote(' '.join(self.relations))}{rest}"


def parse_links(text: str) -> tuple[Link, ...]:
    """Every link in the field's text, in order."""
    found: list[Link] = []
    position = 0
    while position < len(text):
        # A target may hold commas and quotes, so the members cannot be split beforehand.
        target = _TARGET.match(text, position)
        if target is not None:
            pairs, position = fields.parameters(text, target.end())
            found.append(_link(target[1], pairs))
        rest = _NEXT_MEMBER.match(text, position)
        position = rest.end() if rest is not None and rest.end() > position else position + 1
    return tuple(found)


def format_links(links: Iterable[Link]) -> str:
    """The links as one field's text."""
    return ", ".join(str(link) for link in links)


def link_target(text: str | None, relation: str) -> str | None:
    """The target of the first link with this relation, such as `next`."""
    wanted = relation.lower()
    return next((each.target for each in parse_links(text or "") if wanted in each.relations), None)


def _link(target: str, pairs: tuple[tuple[str, str], ...]) -> Link:
    # RFC 8288, section 3.3: only the first rel counts.
    relations = (fields.first(pairs, "rel") or "").lower().split()
    return Link(target, tuple(relations), tuple(pair for pair in pairs if pair[0] != "rel"))
