"""What compiling an operation needs to know of the whole API, gathered once.

In comes an Api, out come its validators, its samples and its kinds of resource with their families.
Nothing of it changes afterwards, and no request is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from generator.api.behaviours import FaultKind, Resource
from generator.api.conform import Conform
from generator.api.model import Api, Operation, Response
from generator.diagnostics import Where
from generator.mock.samples import Samples


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource, with its family.

    `ancestors` are its parents from the outermost, `addressed` those of them that have a key of
    their own, `below` all that lies under it, `singletons` its children that live and die with it.
    Of an `inferred` one nobody promised anything but valid answers; its keys fit the schema of the
    path parameter at `address` too.
    """

    name: str
    resource: Resource
    schema: Where
    ancestors: tuple[str, ...]
    addressed: tuple[str, ...]
    below: frozenset[str]
    singletons: tuple[str, ...]
    inferred: bool = False
    address: Where | None = None


class Blueprint:
    """An Api with the tools to compile it."""

    def __init__(self, api: Api, inferred: Set[str] = frozenset()) -> None:
        self.api = api
        self._inferred = inferred
        self.conform = Conform(api)
        self.samples = Samples(api, self.conform)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """Every declared resource whose schema exists, by name."""
        declared = self.api.behaviours.resources
        return {
            name: self._kind(name, resource)
            for name, resource in declared.items()
            if self._schema(resource) in self.api.schemas
        }

    @cached_property
    def origin(self) -> str:
        """Scheme and host of the first server; nothing where it is declared without."""
        parts = urlsplit(self.api.servers[0].url) if self.api.servers else None
        return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else ""

    @cached_property
    def owned(self) -> frozenset[str]:
        """The resources that belong to tenants."""
        return frozenset(auth.owned for auth in self.api.behaviours.auth.values() if auth.owned)

    def declares(self, operation: Operation, kind: FaultKind) -> bool:
        """Whether the description says what this class of fault gets."""
        errors = self.api.behaviours.errors
        return kind in operation.behaviours.faults or (errors is not None and kind in errors.faults)

    def _kind(self, name: str, resource: Resource) -> Kind:
        declared = self.api.behaviours.resources
        ancestors = tuple(reversed(_parents(declared, name)))
        return Kind(
            name=name,
            resource=resource,
            schema=self._schema(resource),
            ancestors=ancestors,
            addressed=tuple(each for each in ancestors if not declared[each].singleton),
            below=frozenset(each for each in declared if name in _parents(declared, each)),
            singletons=tuple(
                each for each, other in declared.items() if other.singleton and other.parent == name
            ),
            inferred=name in self._inferred,
            address=self._address(name) if name in self._inferred else None,
        )

    def _address(self, name: str) -> Where | None:
        """The schema of the path parameter that its things are read by."""
        for operation in self.api.operations:
            use = operation.behaviours.resource
            if use is not None and (use.resource, use.role) == (name, "read"):
                owners = use.parameters
                return next(
                    (e.schema for e in operation.parameters if owners.get(e.name) == name), None
                )
        return None

    def _schema(self, resource: Resource) -> Where:
        return Where(self.api.where.document, resource.schema.removeprefix("#"))


def success(operation: Operation) -> tuple[int, Response] | None:
    """The lowest declared 2xx status with its answer, else the default, else the lowest 3xx.

    A range or default is answered with its first status, or 200.
    """
    declared = {each.status: each for each in operation.responses}
    wanted = [each for first in "2d3" for each in sorted(declared) if each[0] == first]
    if not wanted:
        return None
    found = declared[wanted[0]]
    if found.status.isdigit():
        return int(found.status), found
    return (300 if found.status.startswith("3") else 200), found


def base_path(url: str) -> str:
    """The path that a server's URL puts before every template."""
    return urlsplit(url).path.rstrip("/")


def _parents(declared: Mapping[str, Resource], name: str) -> list[str]:
    """The names of the ancestors, the nearest first; a circle ends where it closes."""
    found: list[str] = []
    parent = declared[name].parent
    while parent and parent in declared and parent not in found:
        found.append(parent)
        parent = declared[parent].parent
    return found
