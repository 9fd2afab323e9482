"""The resource model read for testing: which operations do what to which kind of thing.

In comes an Api, out come its kinds with their operations by role, and the faults that it declares.
What declares no resource has no kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.api.behaviours import Fault, FaultKind, Resource, ResourceUse
from generator.api.families import declared_homes, parameters_above
from generator.api.model import Api, Operation, Parameter

_STANDARD: Mapping[FaultKind, int] = MappingProxyType(
    {
        "unauthenticated": 401,
        "wrong-tenant": 404,
        "lesser-role": 403,
        "not-found": 404,
        "parent-not-found": 404,
        "no-such-path": 404,
        "method-not-allowed": 405,
        "not-acceptable": 406,
        "unsupported-media-type": 415,
        "duplicate": 409,
        "unconfirmed": 400,
        "malformed-body": 400,
    }
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource and what can be done with it."""

    name: str
    resource: Resource
    operations: tuple[Operation, ...]

    def by_role(self, *roles: str) -> Iterator[Operation]:
        """The operations of these roles, in the description's order."""
        return (each for each in self.operations if use_of(each).role in roles)

    def one(self, role: str) -> Operation | None:
        """The first operation of a role that finds its thing by its key, else by its path."""
        found = list(self.by_role(role))
        by_key = [each for each in found if use_of(each).by is None]
        return next(iter([*by_key, *filter(by_path, found)]), None)

    @property
    def creator(self) -> Operation | None:
        """What makes things: a create, else an upsert that takes no key."""
        upserts = (
            e for e in self.by_role("upsert") if self.name not in use_of(e).parameters.values()
        )
        return next(iter([*self.by_role("create"), *upserts]), None)


class Kinds:
    """All kinds of an Api, parents before children."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._homes = declared_homes(api)
        declared = api.behaviours.resources
        self._kinds = {
            name: Kind(name, declared[name], _operations(api, name))
            for name in sorted(declared, key=lambda name: len(self.line(name)))
        }

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def of(self, operation: Operation) -> Kind | None:
        """The kind that an operation is about."""
        use = operation.behaviours.resource
        return self._kinds.get(use.resource) if use else None

    def keys(self, operation: Operation) -> Mapping[str, str]:
        """The path parameters of an operation that are keys, each with its kind."""
        use = operation.behaviours.resource
        if use is not None:
            return use.parameters
        # What takes listed values alone is no key: "~", say, for all of them.
        listed = {each.name for each in operation.parameters if self._is_listed(each)}
        above = parameters_above(operation.path, self._homes)
        return {name: kind for name, kind in above.items() if name not in listed}

    def _is_listed(self, parameter: Parameter) -> bool:
        if parameter.location != "path" or parameter.schema is None:
            return False
        schema = self.api.schemas[parameter.schema]
        return bool(schema.enum) or "const" in schema.keywords

    def line(self, name: str) -> tuple[str, ...]:
        """The names of a kind's ancestors, nearest first."""
        declared, found = self.api.behaviours.resources, list[str]()
        # What a run infers is not declared.
        parent = declared[name].parent if name in declared else ""
        while parent and parent in declared and parent not in found:
            found.append(parent)
            parent = declared[parent].parent
        return tuple(found)

    def children(self, name: str) -> Iterator[Kind]:
        """The kinds that lie directly below one."""
        return (each for each in self if each.resource.parent == name)

    def guarding(self, name: str) -> frozenset[str]:
        """The kinds whose things keep one of this kind from being deleted."""
        deletes = self._kinds[name].by_role("delete") if name in self._kinds else ()
        return frozenset(guard.has for each in deletes for guard in each.behaviours.guards)


def use_of(operation: Operation) -> ResourceUse:
    """The declared use of an operation that is known to have one."""
    use = operation.behaviours.resource
    assert use is not None
    return use


def by_path(operation: Operation) -> bool:
    """Whether an alternative key stands in the operation's path."""
    by = use_of(operation).by
    return by is not None and by.parameter in use_of(operation).parameters


def fault(api: Api, operation: Operation, kind: FaultKind) -> Fault:
    """What the description says about a class of fault, or the standard does."""
    declared = api.behaviours.errors.faults if api.behaviours.errors else {}
    return (
        operation.behaviours.faults.get(kind)
        or declared.get(kind)
        or Fault(status=_STANDARD.get(kind, 400))
    )


def _operations(api: Api, name: str) -> tuple[Operation, ...]:
    return tuple(
        each
        for each in api.operations
        if each.behaviours.resource and each.behaviours.resource.resource == name
    )
