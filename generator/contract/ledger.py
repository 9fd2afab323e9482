"""What the run made, so that it deletes that and nothing else.

In come recorded calls of any part, whoever sent them; a successful create puts its thing into the
book, a successful delete takes it out. The book alone says what may be deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.api.exchange import CallRecord, Request
from generator.api.model import Api, Operation
from generator.contract.kinds import use_of
from generator.contract.pointer import look, mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its kind, and the keys of itself and of its ancestors by resource."""

    kind: str
    keys: tuple[tuple[str, str], ...]


class Ledger:
    """The book of one run."""

    def __init__(self, api: Api, prefix: str) -> None:
        self._resources = api.behaviours.resources
        self._writers = {
            each.name: (each, _template(prefix + each.path))
            for each in api.operations
            if each.behaviours.resource and use_of(each).role in ("create", "delete")
        }
        self._entries: dict[Entry, None] = {}

    def __iter__(self) -> Iterator[Entry]:
        """What still stands, last made first."""
        return reversed(list(self._entries))

    def made(self, keys: Mapping[str, str]) -> bool:
        """Whether the run made the thing with these keys, or something that it lies in."""
        return any(
            all(keys.get(name) == key for name, key in entry.keys) for entry in self._entries
        )

    def owns(self, operation: Operation, request: Request) -> bool:
        """Whether the request is about a thing that the run made."""
        writer = self._writers.get(operation.name)
        match = writer[1].fullmatch(urlsplit(request.target).path) if writer else None
        return match is not None and self.made(self._path_keys(operation, match))

    def observe(self, call: CallRecord) -> None:
        """Take in a call."""
        writer = self._writers.get(call.operation)
        if writer is None or not 200 <= call.response.status < 300:
            return
        operation, template = writer
        match = template.fullmatch(urlsplit(call.request.target).path)
        if match is not None:
            keys = self._path_keys(operation, match)
            self._take(operation, keys, call)

    def _forget(self, keys: Mapping[str, str]) -> None:
        """Take out the thing with these keys, and what lies in it."""
        self._entries = {
            entry: None for entry in self._entries if not keys.items() <= dict(entry.keys).items()
        }

    def _path_keys(self, operation: Operation, match: re.Match[str]) -> dict[str, str]:
        parameters = use_of(operation).parameters
        given = zip(_names(operation.path), match.groups(), strict=True)
        return {parameters[name]: unquote(value) for name, value in given if name in parameters}

    def _take(self, operation: Operation, keys: dict[str, str], call: CallRecord) -> None:
        use = use_of(operation)
        if use.role == "delete":
            self._forget(keys)
            return
        key = self._key_of(operation, call.response.body)
        if key is not None:
            self._entries[_entry(use.resource, {**keys, use.resource: key})] = None

    def _key_of(self, operation: Operation, body: bytes) -> str | None:
        use = use_of(operation)
        try:
            item = look(json.loads(body), use.item)
        except (ValueError, RecursionError):
            return None
        key = mapping(item).get(self._resources[use.resource].key)
        return None if key is None else str(key)


def _entry(kind: str, keys: Mapping[str, str]) -> Entry:
    return Entry(kind, tuple(sorted(keys.items())))


def _names(path: str) -> list[str]:
    return re.findall(r"\{([^}]*)\}", path)


def _template(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{[^}]*\}", path)
    return re.compile("([^/]*)".join(re.escape(piece) for piece in pieces))
