"""Which things a path lies in, told by its shape: the path without the names of its parameters.

`homes` maps the shape of a path to the resource whose things are read there; a path lies in the
things whose shapes it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import generator.api.walk as walk
from generator.api.model import Api, Operation

PARAMETER = re.compile(r"\{([^{}]+)\}")
WHOLE = re.compile(r"\{[^{}]+\}\Z")

_RULES = ("enum", "format", "maxLength", "minLength", "pattern")

Homes = Mapping[str, str]
Reads = Mapping[str, Operation]


def trimmed(path: str) -> str:
    """The path without the slash that frameworks write at the end of some."""
    return path.rstrip("/")


def shape(path: str) -> str:
    """The path without the names of its parameters."""
    return PARAMETER.sub("{}", path)


def declared_homes(api: Api) -> dict[str, str]:
    """The shapes of paths under which things of declared resources lie."""
    homes: dict[str, str] = {}
    for operation in api.operations:
        use = operation.behaviours.resource
        path = trimmed(operation.path)
        last = WHOLE.search(path)
        if use is None or use.by is not None or last is None:
            continue
        if use.parameters.get(last[0][1:-1]) == use.resource:
            homes[shape(path)] = use.resource
    return homes


def above(collection: str, homes: Homes) -> Iterator[str]:
    """The resources whose things the path lies in, the nearest first."""
    segments = collection.split("/")
    for end in range(len(segments) - 1, 0, -1):
        home = homes.get(shape("/".join(segments[:end])))
        if home is not None:
            yield home


def parameters_above(collection: str, homes: Homes) -> dict[str, str]:
    """The path's parameters that identify resources above."""
    found: dict[str, str] = {}
    segments = collection.split("/")
    for end, segment in enumerate(segments, 1):
        home = homes.get(shape("/".join(segments[:end])))
        if home is not None and WHOLE.match(segment):
            found[segment[1:-1]] = home
    return found


def readers(api: Api) -> dict[str, Operation]:
    """What reads at a path, by the path's shape."""
    return {shape(trimmed(each.path)): each for each in api.operations if each.method == "GET"}


def reaches(api: Api, reads: Reads, read: Operation, homes: Homes) -> bool:
    """Whether the keys of what it lies in are asked for here as they are where that is read."""
    segments = trimmed(read.path).split("/")
    for end in range(1, len(segments)):
        outer = shape("/".join(segments[:end]))
        other = reads.get(outer) if outer in homes else None
        if other is None:
            continue
        there, here = other.path.split("/")[end - 1], segments[end - 1]
        if _rule(api, other, there) != _rule(api, read, here):
            return False
    return True


def _rule(api: Api, operation: Operation, segment: str) -> object:
    """What a path parameter's schema says of its values."""
    named = (each for each in operation.parameters if f"{{{each.name}}}" == segment)
    place = next((each.schema for each in named), None)
    if place is None:
        return None
    said = {keyword: walk.keyword(api, place, keyword) for keyword in _RULES}
    return walk.types(api, place), tuple(sorted(said.items(), key=lambda pair: pair[0]))
