"""Only a part of an API: some of its operations, with everything else as it was.

In: an Api and what is wanted of it. Out: an Api with those operations; schemas that they do not
reach stay in its table and concern nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from generator.api.model import Api, Operation


class Wanted(Struct, frozen=True):
    """Tags, operationIds (or method and path), and paths or patterns of paths like `/pets/*`."""

    tags: Sequence[str] = ()
    operations: Sequence[str] = ()
    paths: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.tags or self.operations or self.paths)

    def __str__(self) -> str:
        named = (("tag", self.tags), ("operation", self.operations), ("path", self.paths))
        return ", ".join(f"{kind} {each}" for kind, values in named for each in values)

    def takes(self, operation: Operation) -> bool:
        """Whether an operation is asked for by any of them."""
        return (
            not set(self.tags).isdisjoint(operation.tags)
            or not {operation.id, operation.label}.isdisjoint(self.operations)
            or any(fnmatchcase(operation.path, each) for each in self.paths)
        )

    def unmet(self, api: Api) -> Iterator[str]:
        """What is asked for and matches no operation."""
        for tag in self.tags:
            if not any(tag in each.tags for each in api.operations):
                yield f"tag {tag!r}"
        for name in self.operations:
            if not any(name in (each.id, each.label) for each in api.operations):
                yield f"operation {name!r}"
        for path in self.paths:
            if not any(fnmatchcase(each.path, path) for each in api.operations):
                yield f"path {path!r}"


def part(api: Api, wanted: Wanted) -> Api:
    """The operations that are wanted; all of them where nothing is said."""
    if not wanted:
        return api
    kept = tuple(each for each in api.operations if wanted.takes(each))
    webhooks = tuple(each for each in api.webhooks if any(map(wanted.takes, each.operations)))
    return replace(api, operations=kept, webhooks=webhooks)
