"""What the run made, so that it deletes that and nothing else.

In come recorded calls of any part, whoever sent them; a successful create, or an upsert that says
that it created, puts its thing into the book, a successful delete takes it out. The book alone says
what may be deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from generator.api.exchange import CallRecord, Request
from generator.api.model import Api, Operation
from generator.contract.judging.answer import json_of, unwrapped
from generator.contract.kinds import by_path, use_of
from generator.contract.pointer import MISSING, look, mapping

_WRITES = frozenset({"create", "upsert", "delete"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its kind, the keys of itself and of its ancestors by resource, and who made it.

    `names` are its alternative keys as last seen, by field.
    """

    kind: str
    keys: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    principal: str = field(default="", compare=False)


class Ledger:
    """The book of one run."""

    def __init__(self, api: Api, prefix: str) -> None:
        self._resources = api.behaviours.resources
        self._writers = {
            each.name: (each, _template(prefix + each.path))
            for each in api.operations
            if each.behaviours.resource and use_of(each).role in _WRITES
        }
        self._entries: dict[Entry, Entry] = {}

    def __iter__(self) -> Iterator[Entry]:
        """What still stands, last made first."""
        return reversed(list(self._entries.values()))

    def made(self, keys: Mapping[str, str]) -> bool:
        """Whether the run made the thing with these keys, or something that it lies in."""
        return any(
            all(keys.get(name) == key for name, key in entry.keys) for entry in self._entries
        )

    def owns(self, operation: Operation, request: Request) -> bool:
        """Whether the request is about a thing that the run made."""
        path = self._path(operation, request)
        if path is None:
            return False
        return bool(list(self._found(operation, path))) or self.made(path)

    def claim(self, kind: str, keys: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Put in a thing that another run of this suite made."""
        entry = Entry(kind, tuple(sorted(keys.items())), tuple(names.items()))
        self._entries[entry] = entry

    def observe(self, call: CallRecord) -> None:
        """Take in a call."""
        writer = self._writers.get(call.operation)
        if writer is None or not 200 <= call.response.status < 300:
            return
        path = self._path(writer[0], call.request)
        if path is not None:
            self._take(writer[0], path, call)

    def _path(self, operation: Operation, request: Request) -> dict[str, str] | None:
        """The keys in a request's path, by resource."""
        writer = self._writers.get(operation.name)
        match = writer[1].fullmatch(urlsplit(request.target).path) if writer else None
        if match is None:
            return None
        parameters = use_of(operation).parameters
        given = zip(_names(operation.path), match.groups(), strict=True)
        return {parameters[name]: unquote(value) for name, value in given if name in parameters}

    def _found(self, operation: Operation, path: Mapping[str, str]) -> Iterator[Entry]:
        """The entries that a path names, by key or by another name, with what lies in them."""
        use, known = use_of(operation), dict(path)
        if by_path(operation) and use.by is not None:
            named = known.pop(use.resource, "")
            for entry in self._entries.values():
                if entry.kind == use.resource and (use.by.field, named) in entry.names:
                    yield from self._within({**known, **dict(entry.keys)})
        else:
            yield from self._within(known)

    def _within(self, keys: Mapping[str, str]) -> Iterator[Entry]:
        return (each for each in self._entries if keys.items() <= dict(each.keys).items())

    def _take(self, operation: Operation, path: dict[str, str], call: CallRecord) -> None:
        use = use_of(operation)
        if use.role == "delete":
            for each in list(self._found(operation, path)):
                self._entries.pop(each, None)
            return
        item = self._item(operation, call)
        key = item.get(self._resources[use.resource].key)
        if key is not None:
            keys = {**path, use.resource: str(key)}
            entry = Entry(use.resource, tuple(sorted(keys.items())), self._told(use.resource, item))
            self._enter(replace(entry, principal=call.principal), _created(operation, call))

    def _enter(self, entry: Entry, created: bool) -> None:
        known = self._entries.get(entry)
        if known is not None:
            self._entries[known] = replace(known, names=entry.names)
        elif created:
            self._entries[entry] = entry

    def _told(self, kind: str, item: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
        names = self._resources[kind].alternative_keys
        return tuple((name, str(item[name])) for name in names if name in item)

    def _item(self, operation: Operation, call: CallRecord) -> dict[str, object]:
        """What an answer says of its thing; a receipt says the rest by what was asked for."""
        use = use_of(operation)
        body = unwrapped(operation, call.request, json_of(call.response.body))
        if use.receipt is None:
            return mapping(look(body, use.item))
        told = mapping(body)
        fields = {
            name: told[member] for member, name in use.receipt.fields.items() if member in told
        }
        return {**mapping(look(json_of(call.request.body), use.request)), **fields}


def _created(operation: Operation, call: CallRecord) -> bool:
    """Whether the call made something: an upsert says so by its receipt, or by 201."""
    use = use_of(operation)
    if use.role == "create":
        return True
    if use.receipt is None or not use.receipt.created:
        return call.response.status == 201
    told = mapping(json_of(call.response.body))
    return all(told.get(name, MISSING) == value for name, value in use.receipt.created.items())


def _names(path: str) -> list[str]:
    return re.findall(r"\{([^}]*)\}", path)


def _template(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{[^}]*\}", path)
    return re.compile("([^/]*)".join(re.escape(piece) for piece in pieces))
