"""Addresses in bodies: of an item by the operations that lead to it, of a list by its pages.

An address begins with the host that the request was sent to, so that a client which follows it
comes back here; without one it begins with the declared server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.api.model import Operation
from generator.mock.blueprint import Blueprint, Kind, base_path
from generator.mock.calls import Call
from generator.mock.reading.routes import parameter_names
from generator.mock.state import Fields

_HOST = re.compile(r"[A-Za-z0-9.\-_]+(?::[0-9]+)?|\[[0-9a-fA-F:.]+\](?::[0-9]+)?")
_PARAMETER = re.compile(r"\{([^{}]+)\}")

Keys = tuple[str, ...]
ItemLinks = Callable[[Call, Fields, Keys, bool], list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Address:
    """A path to be filled in, from the item's fields of these names or from its keys."""

    names: tuple[str, ...]
    fill: Callable[[Mapping[str, str], Keys], str]


def origin(blueprint: Blueprint, call: Call) -> str:
    """Scheme and host that an address begins with."""
    return _of_host(call.headers.get("host", "")) or blueprint.origin


@lru_cache(maxsize=64)
def _of_host(host: str) -> str:
    return f"http://{host}" if _HOST.fullmatch(host) else ""


def item_links(
    blueprint: Blueprint, kind: Kind, declared: Mapping[str, str], in_lists: Sequence[str]
) -> ItemLinks:
    """A function that writes an item's links; its keys are the ancestors' and its own."""
    addresses = [(rel, _address(blueprint, kind, target)) for rel, target in declared.items()]
    found = [(rel, address) for rel, address in addresses if address is not None]
    listed = [pair for pair in found if pair[0] in in_lists] if in_lists else found
    alone, among = _writer(found), _writer(listed)

    def write(call: Call, fields: Fields, keys: Keys, in_list: bool) -> list[dict[str, str]]:
        return (among if in_list else alone)(origin(blueprint, call), fields, keys)

    return write


def _writer(
    addresses: Sequence[tuple[str, Address]],
) -> Callable[[str, Fields, Keys], list[dict[str, str]]]:
    """The function that writes these links; those that were written last are remembered."""
    names = tuple(dict.fromkeys(name for _, address in addresses for name in address.names))

    @lru_cache(maxsize=1024)
    def known(start: str, keys: Keys, values: tuple[str, ...]) -> list[tuple[str, str]]:
        fields = dict(zip(names, values, strict=True))
        return [(rel, start + address.fill(fields, keys)) for rel, address in addresses]

    def write(start: str, fields: Fields, keys: Keys) -> list[dict[str, str]]:
        values = tuple([str(fields.get(name, "")) for name in names])
        return [{"href": href, "rel": rel} for rel, href in known(start, keys, values)]

    return write


def _address(blueprint: Blueprint, kind: Kind, target: str) -> Address | None:
    """From an item to a path: by an operation's name, or a template of the item's fields."""
    if target.startswith("/"):
        return _from_fields(target)
    operation = blueprint.api.operation(target)
    return _from_keys(blueprint, kind, operation) if operation is not None else None


def _from_fields(template: str) -> Address:
    names = parameter_names(template)
    filled = _formatting(template)
    return Address(names, lambda fields, keys: filled % tuple(_quoted(fields[n]) for n in names))


def _from_keys(blueprint: Blueprint, kind: Kind, operation: Operation) -> Address:
    """Fills the operation's path from the keys of the item and its ancestors."""
    use = operation.behaviours.resource
    owners = use.parameters if use is not None else {}
    family = (*kind.ancestors, kind.name)
    base = base_path(operation.servers[0].url) if operation.servers else ""
    places: list[int] = []
    for position, name in enumerate(parameter_names(operation.path)):
        owner = owners.get(name, "")
        places.append(family.index(owner) if owner in family else min(position, len(family) - 1))
    filled = _formatting(base + operation.path)
    return Address((), lambda fields, keys: filled % tuple(_quoted(keys[each]) for each in places))


def _formatting(template: str) -> str:
    """The template with a %s where each of its parameters stands."""
    return _PARAMETER.sub("%s", template.replace("%", "%%"))


def _quoted(text: str) -> str:
    return quote(text, safe="")
