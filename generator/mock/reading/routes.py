"""From a path to what is declared there: a tree of segments, literal ones first.

In come templates with what they lead to, out come the target and the raw values of the template's
parameters. A segment may mix text and parameters (`{id}:close`); no parameter is empty or holds a
slash. Nothing here knows methods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Generic, TypeVar
from urllib.parse import unquote

Target = TypeVar("Target")

_PARAMETER = re.compile(r"\{([^{}]+)\}")


def parameter_names(template: str) -> tuple[str, ...]:
    """The names of a template's parameters, in its order."""
    return tuple(_PARAMETER.findall(template))


class Routes(Generic[Target]):
    """A tree of path segments."""

    __slots__ = ("_literals", "_mixed", "_target", "_whole")

    def __init__(self) -> None:
        self._literals: dict[str, Routes[Target]] = {}
        self._mixed: dict[str, tuple[re.Pattern[str], Routes[Target]]] = {}
        self._whole: Routes[Target] | None = None
        self._target: Target | None = None

    def add(self, template: str, target: Target) -> Target:
        """Put a target under a template; one that stands there already is kept and given back."""
        node = self
        for segment in template.split("/")[1:]:
            node = node._branch(segment)
        if node._target is None:
            node._target = target
        return node._target

    def find(self, path: str) -> tuple[Target, list[str]] | None:
        """The target that the path leads to, with the undecoded values of its parameters.

        A slash at the template's end may be left out; one that it does not have may not be added.
        """
        segments = path.split("/")
        if segments[0] != "" or len(segments) < 2:
            return None
        found = self._find(segments, 1)
        return found if found is not None or not segments[-1] else self._find([*segments, ""], 1)

    def _branch(self, segment: str) -> Routes[Target]:
        names = _PARAMETER.findall(segment)
        if not names:
            return self._literals.setdefault(segment, Routes())
        if _PARAMETER.fullmatch(segment):
            if self._whole is None:
                self._whole = Routes()
            return self._whole
        pattern = "".join(_pieces(segment))
        return self._mixed.setdefault(pattern, (re.compile(pattern), Routes()))[1]

    def _find(self, segments: list[str], index: int) -> tuple[Target, list[str]] | None:
        if index == len(segments):
            return None if self._target is None else (self._target, [])
        segment = segments[index]
        literal = self._literals.get(unquote(segment) if "%" in segment else segment)
        if literal is not None:
            found = literal._find(segments, index + 1)
            if found is not None:
                return found
        for values, node in self._parameters(segment):
            found = node._find(segments, index + 1)
            if found is not None:
                found[1][:0] = values
                return found
        return None

    def _parameters(self, segment: str) -> Iterator[tuple[list[str], Routes[Target]]]:
        for pattern, node in self._mixed.values():
            match = pattern.fullmatch(segment)
            if match is not None:
                yield list(match.groups()), node
        if self._whole is not None and segment:
            yield [segment], self._whole


def _pieces(segment: str) -> Iterator[str]:
    """A regular expression for a segment that mixes text and parameters."""
    end = 0
    for match in _PARAMETER.finditer(segment):
        yield re.escape(segment[end : match.start()])
        yield "([^/]+)"
        end = match.end()
    yield re.escape(segment[end:])
