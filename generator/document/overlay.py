"""OpenAPI Overlays 1.0 and 1.1: update, remove and copy what a JSONPath (RFC 9535) selects.

In come a document and overlays, out goes a new document; the one that came in is left as it is.
What an overlay wrote knows its place in the overlay, what moved knows where it was written.
Reported, at the overlay's line: an overlay that is not valid, and an action that matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError
from msgspec import Struct

from generator.diagnostics import Diagnostics, Where
from generator.diagnostics.where import escape
from generator.document.document import Document, Json, follow

_VERSIONS = ("1.0.", "1.1.")
_Location = tuple[int | str, ...]


class _Paths(JSONPathEnvironment):
    # Enough for any description, and within what the interpreter's stack holds.
    max_recursion_depth = 400


_PATHS = _Paths()


def apply(document: Document, overlays: Sequence[Document], diagnostics: Diagnostics) -> Document:
    """The document with the overlays applied in order; what is at fault in one is left out."""
    edit = _Edit(document)
    for overlay in overlays:
        for action in _actions(overlay, diagnostics):
            _Applied(edit, action, diagnostics).run()
    return edit.document(overlays)


class _Action(Struct, frozen=True):
    """One action of an overlay and its place."""

    where: Where
    fields: dict[str, Json]
    target: str


def _actions(overlay: Document, diagnostics: Diagnostics) -> Iterator[_Action]:
    where = Where(overlay.name)
    root = overlay.root if isinstance(overlay.root, dict) else {}
    version = root.get("overlay")
    if not isinstance(version, str) or not version.startswith(_VERSIONS):
        message = "an overlay declares `overlay: 1.0.0` or `overlay: 1.1.0`"
        diagnostics.report("overlay-invalid", message, where.at("overlay"))
        return
    actions = root.get("actions")
    if not isinstance(actions, list) or not actions:
        diagnostics.report(
            "overlay-invalid", "an overlay has a list of actions", where.at("actions")
        )
        return
    for index, fields in enumerate(actions):
        at = where.at("actions", index)
        fault = _fault(fields, version)
        if fault is not None:
            diagnostics.report("overlay-invalid", fault, at)
        elif isinstance(fields, dict):
            yield _Action(at, fields, str(fields["target"]))


def _fault(fields: Json, version: str) -> str | None:
    """What is wrong with an action, judged by itself."""
    if not isinstance(fields, dict):
        return "an action is a mapping"
    if not isinstance(fields.get("target"), str):
        return "an action has a `target`, a JSONPath"
    if not isinstance(fields.get("remove", False), bool):
        return "`remove` is true or false"
    if not isinstance(fields.get("copy", ""), str):
        return "`copy` is a JSONPath"
    if "copy" in fields and version.startswith("1.0."):
        return "`copy` needs `overlay: 1.1.0`"
    if "copy" in fields and "update" in fields:
        return "an action has `update` or `copy`, not both"
    if not fields.get("remove") and "copy" not in fields and "update" not in fields:
        return "an action has `update`, `remove: true` or `copy`"
    return None


class _Applied:
    """One action on its way into the document."""

    def __init__(self, edit: _Edit, action: _Action, diagnostics: Diagnostics) -> None:
        self._edit = edit
        self._action = action
        self._diagnostics = diagnostics

    def run(self) -> None:
        locations = self._select("target", self._action.target)
        if locations is None:
            return
        if not locations:
            message = f"the target {self._action.target} matches nothing"
            self._report("overlay-no-match", message, "target")
        elif self._action.fields.get("remove"):
            self._remove(locations)
        elif "copy" in self._action.fields:
            self._copy(locations)
        else:
            self._update(locations, "update", self._action.fields["update"])

    def _select(self, field: str, path: str) -> list[_Location] | None:
        try:
            nodes = _PATHS.find(path, self._edit.root)
        except (JSONPathError, RecursionError) as error:
            reason = " ".join(str(error).split())
            self._report("overlay-invalid", f"`{field}` cannot be evaluated: {reason}", field)
            return None
        return [node.location for node in nodes]

    def _remove(self, locations: list[_Location]) -> None:
        if () in locations:
            self._report("overlay-invalid", "the whole document cannot be removed", "target")
            return
        # From the end backwards, so that no index shifts before its turn.
        for location in sorted(set(locations), reverse=True):
            self._edit.remove(location)

    def _copy(self, locations: list[_Location]) -> None:
        sources = self._select("copy", str(self._action.fields["copy"]))
        if sources is None:
            return
        if len(sources) != 1:
            message = f"`copy` must select one node; it selects {len(sources)}"
            self._report("overlay-invalid" if sources else "overlay-no-match", message, "copy")
            return
        self._update(locations, "copy", self._edit.value(sources[0]))

    def _update(self, locations: list[_Location], field: str, value: Json) -> None:
        where = self._action.where.at(field)
        value = copied(value)
        for location in locations:
            clash = self._edit.update(location, value, where)
            if clash is not None:
                message = f"what stands at {clash or 'the root'} cannot be merged with this value"
                self._report("overlay-invalid", message, field)

    def _report(self, code: str, message: str, field: str) -> None:
        self._diagnostics.report(code, message, self._action.where.at(field))


class _Edit:
    """A copy of a document's data that is being changed, and where its changed parts come from."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.root = copied(document.root)
        # By container and key; what is not noted was written where its container was.
        self._origins: dict[int, dict[int | str, Where]] = {}
        for pointer, where in document.origins.items():
            tokens = Where("", pointer).tokens()
            parent = follow(self.root, tokens[:-1])
            self._note(parent, int(tokens[-1]) if isinstance(parent, list) else tokens[-1], where)

    def document(self, overlays: Sequence[Document]) -> Document:
        """The changed document."""
        return Document(
            self._document.name,
            self._document.text,
            self.root,
            dict(self._noted()),
            (*self._document.overlays, *overlays),
        )

    def value(self, location: _Location) -> Json:
        """The value at a location."""
        return follow(self.root, [str(token) for token in location])

    def remove(self, location: _Location) -> None:
        """Take a member or an item out."""
        parent, key = self.value(location[:-1]), location[-1]
        if isinstance(parent, dict):
            del parent[str(key)]
            self._origins.get(id(parent), {}).pop(key, None)
        elif isinstance(parent, list):
            at = int(key)
            written = [self._written((*location[:-1], index)) for index in range(len(parent))]
            del parent[at], written[at]
            self._origins[id(parent)] = dict(enumerate(written))

    def update(self, location: _Location, value: Json, where: Where) -> str | None:
        """Merge a value into what stands at a location; the pointer where the two do not fit."""
        target = self.value(location)
        if isinstance(target, list):
            # The Action Object's `update` for an array is one entry to append.
            self._note(target, len(target), where)
            target.append(copied(value))
            return None
        if isinstance(target, dict) or not location:
            return self._merge(target, value, where, _pointer(location))
        if isinstance(value, (dict, list)):
            return _pointer(location)
        self._put(self.value(location[:-1]), location[-1], value, where)
        return None

    def _merge(self, target: Json, value: Json, where: Where, pointer: str) -> str | None:
        pending = [(target, value, where, pointer)]
        while pending:
            old, new, at, here = pending.pop()
            if not isinstance(old, dict) or not isinstance(new, dict):
                return here
            for key, member in new.items():
                present = old.get(key)
                below = f"{here}/{escape(key)}"
                if isinstance(present, dict) and isinstance(member, dict):
                    pending.append((present, member, at.at(key), below))
                elif isinstance(present, list) and isinstance(member, list):
                    self._extend(present, member, at.at(key))
                elif key in old and _is_container(present) != _is_container(member):
                    return below
                else:
                    self._put(old, key, copied(member), at.at(key))
        return None

    def _extend(self, target: list[Json], items: list[Json], where: Where) -> None:
        for index, item in enumerate(items):
            self._note(target, len(target), where.at(index))
            target.append(copied(item))

    def _put(self, parent: Json, key: int | str, value: Json, where: Where) -> None:
        if isinstance(parent, dict):
            parent[str(key)] = value
        elif isinstance(parent, list):
            parent[int(key)] = value
        self._note(parent, key, where)

    def _note(self, parent: Json, key: int | str, where: Where) -> None:
        self._origins.setdefault(id(parent), {})[key] = where

    def _written(self, location: _Location) -> Where:
        """Where the part at a location was written."""
        where, value = Where(self._document.name), self.root
        for token in location:
            noted = self._origins.get(id(value), {}).get(token)
            where = noted if noted is not None else where.at(token)
            value = follow(value, [str(token)])
        return where

    def _noted(self) -> Iterator[tuple[str, Where]]:
        pending: list[tuple[Json, str]] = [(self.root, "")]
        while pending:
            value, pointer = pending.pop()
            for key, where in self._origins.get(id(value), {}).items():
                yield f"{pointer}/{escape(key)}", where
            pending.extend(_containers(value, pointer))


def copied(root: Json) -> Json:
    """A copy that shares nothing with the original, made without recursion."""
    if not isinstance(root, (dict, list)):
        return root
    top = root.copy()
    pending: list[dict[str, Json] | list[Json]] = [top]
    while pending:
        container = pending.pop()
        if isinstance(container, dict):
            for key, member in container.items():
                if isinstance(member, (dict, list)):
                    container[key] = fresh = member.copy()
                    pending.append(fresh)
        else:
            for index, item in enumerate(container):
                if isinstance(item, (dict, list)):
                    container[index] = fresh = item.copy()
                    pending.append(fresh)
    return top


def _is_container(value: Json) -> bool:
    return isinstance(value, (dict, list))


def _containers(value: Json, pointer: str) -> Iterator[tuple[Json, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            if isinstance(member, (dict, list)):
                yield member, f"{pointer}/{escape(key)}"
    elif isinstance(value, list):
        for index, member in enumerate(value):
            if isinstance(member, (dict, list)):
                yield member, f"{pointer}/{index}"


def _pointer(location: _Location) -> str:
    return "".join(f"/{escape(token)}" for token in location)
