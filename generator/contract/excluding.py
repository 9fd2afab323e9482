"""What a run leaves alone: operations by name, tag or path, laws, parts.

An operation that is left out is not called at all, not even for what others need or to clean up:
what needed it cannot be had, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from generator.api.model import Api, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Names of operations, tags, laws and parts, and paths, in which * stands for anything."""

    operations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def has(self, operation: Operation) -> bool:
        """Whether an operation is left out."""
        return (
            operation.name in self.operations
            or operation.label in self.operations
            or any(tag in self.tags for tag in operation.tags)
            or any(fnmatchcase(operation.path, path) for path in self.paths)
        )

    def unknown(self, api: Api) -> Iterator[str]:
        """What names nothing in the description: a misspelt exclusion excludes nothing."""
        yield from unknown_operations(api, self.operations)
        tags = {tag for each in api.operations for tag in each.tags}
        yield from (f"tag {name!r}" for name in self.tags if name not in tags)
        for path in self.paths:
            if not any(fnmatchcase(each.path, path) for each in api.operations):
                yield f"path {path!r}"


def unknown_operations(api: Api, names: Iterable[str]) -> Iterator[str]:
    """The names that no operation has, told as such."""
    known = {name for each in api.operations for name in (each.name, each.label)}
    return (f"operation {name!r}" for name in names if name not in known)
