"""Resources inferred from paths, methods and schemas, where a description declares none.

In comes an Api, out come the same Api with the behaviours that were inferred, which resources they
are about, and a sentence for each with what it was inferred from. What is declared is left as it
is; what is not plain is not inferred: a thing must be read at a path that ends in its key, it must
be said that it may be missing or that it comes or goes, and something must tell its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import generator.api.walk as walk
from generator.api.behaviours import FieldSource, Pagination, Resource, ResourceUse
from generator.api.families import (
    WHOLE,
    Homes,
    Reads,
    above,
    declared_homes,
    parameters_above,
    reaches,
    readers,
    shape,
    trimmed,
)
from generator.api.infer_pages import pages
from generator.api.model import Api, Operation
from generator.diagnostics import Where
from generator.diagnostics.where import escape
from generator.wire import may_be_json

_FINDABLE = frozenset(("create", "list", "upsert"))
"""What tells callers a key: a thing of which nobody ever learns one is no resource."""
_Paths = Mapping[str, Mapping[str, Operation]]
_KEY_TYPES = frozenset(("string", "integer"))
_CHANGES: Mapping[str, str] = {"PUT": "replace", "PATCH": "update", "DELETE": "delete"}


class Inference(Struct, frozen=True):
    """An Api with what was inferred; `resources` are those that nobody declared."""

    api: Api
    resources: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


class _Found(Struct, frozen=True):
    """One resource: where its things lie and are read, and how their paths name their families."""

    name: str
    collection: str
    item: str
    read: Operation
    schema: Where
    key: str
    parent: str


def infer(api: Api) -> Inference:
    """What follows from paths, methods and schemas."""
    by_path = _by_path(api)
    homes, reads = declared_homes(api), readers(api)
    found: dict[str, _Found] = {}
    uses: dict[str, ResourceUse] = {}
    for item in sorted(by_path, key=lambda path: path.count("/")):
        read = by_path[item].get("GET")
        one = _resource(api, read, reads, homes) if read is not None else None
        used = dict(_uses(api, one, by_path, homes)) if one is not None else {}
        roles = {each.role for each in used.values()}
        if one is not None and _FINDABLE & roles and _may_be_missing(one, by_path, roles):
            found[one.name] = one
            homes[shape(item)] = one.name
            uses |= used
    if not found:
        return Inference(api)
    cuts = dict(_cuts(api, uses))
    notes = (*_notes(found.values(), uses), *_page_notes(cuts))
    return Inference(_with(api, found, uses, cuts), frozenset(found), notes)


def _may_be_missing(one: _Found, by_path: _Paths, roles: Set[str]) -> bool:
    """Whether a 404 says so, or that things are made and shown, or listed and removed."""
    if one.read.response(404) is not None or {"delete", "list"} <= roles:
        return True
    return "create" in roles and _answered(by_path[one.collection]["POST"]) is not None


def _by_path(api: Api) -> _Paths:
    found: dict[str, dict[str, Operation]] = {}
    for operation in api.operations:
        found.setdefault(trimmed(operation.path), {})[operation.method] = operation
    return found


def _resource(api: Api, read: Operation, reads: Reads, homes: Homes) -> _Found | None:
    """The resource whose things are read so."""
    item = trimmed(read.path)
    collection, _, last = item.rpartition("/")
    if not WHOLE.match(last) or shape(item) in homes:
        return None
    segment = collection.rpartition("/")[2]
    if not segment or "{" in segment or ":" in segment:
        return None
    if read.behaviours.resource is not None:
        return None
    schema = _answered(read)
    if schema is None or schema.document != api.where.document:
        return None
    key = _key(api, schema, read, last[1:-1], segment)
    if key is None:
        return None
    parent = next(above(collection, homes), "")
    if parent and not reaches(api, reads, read, homes):
        return None
    name = _name(api, segment, collection, homes)
    return _Found(name, collection, item, read, schema, key, parent)


def _name(api: Api, segment: str, collection: str, homes: Homes) -> str:
    """The path's last name, or all its names, or the path: the first that is free."""
    taken = {*homes.values(), *api.behaviours.resources}
    form = shape(collection)
    names = (segment, ".".join(each for each in form.split("/") if each not in ("", "{}")), form)
    return next((each for each in names if each not in taken), collection)


def _answered(operation: Operation) -> Where | None:
    """The schema of the first JSON success."""
    for response in sorted(operation.responses, key=lambda each: each.status):
        if response.status.startswith("2"):
            return next(
                (each.schema for each in response.content if may_be_json(each.media_type)), None
            )
    return None


def _key(api: Api, schema: Where, read: Operation, parameter: str, segment: str) -> str | None:
    """The property that the last path parameter most likely holds: of a type that it takes."""
    place = next((each.schema for each in read.parameters if each.name == parameter), None)
    taken = (walk.types(api, place) if place else None) or _KEY_TYPES
    properties = walk.properties(api, schema)
    singular = segment.removesuffix("s")
    own = parameter.removeprefix(singular)
    wanted = (own, "id", "_id", f"{singular}Id", f"{singular}_id", "name", "key", "uuid", "number")
    named = {name.lower(): name for name in reversed(properties)}
    for each in (parameter, *wanted):
        name = named.get(each.lower())
        if name is not None and walk.types(api, properties[name]) & _KEY_TYPES & taken:
            return name
    return None


def _uses(
    api: Api,
    one: _Found,
    by_path: _Paths,
    homes: Homes,
) -> Iterator[tuple[str, ResourceUse]]:
    """What the operations of both paths do, by the names of the operations."""
    below = parameters_above(one.collection, homes)
    at = {**below, one.item.rpartition("/")[2][1:-1]: one.name}
    collection = by_path.get(one.collection, {})
    yield one.read.name, _use(one, "read", at)
    listing, creating = collection.get("GET"), collection.get("POST")
    if listing is not None and listing.behaviours.resource is None:
        items = _items(api, listing, one.key)
        if items is not None:
            yield listing.name, _use(one, "list", below, items)
    creates = creating is not None and creating.behaviours.resource is None
    if creating is not None and creates and _makes(api, one, creating):
        yield creating.name, _use(one, "create", below)
    for method, role in _CHANGES.items():
        operation = by_path[one.item].get(method)
        if operation is None or operation.behaviours.resource is not None:
            continue
        if method == "DELETE" or _takes_object(api, operation):
            role = "upsert" if role == "replace" and not creates else role
            yield operation.name, _use(one, role, at)


def _makes(api: Api, one: _Found, creating: Operation) -> bool:
    """Whether a call makes a thing: of what it takes, or of nothing, and then gives that thing."""
    schema = _answered(creating)
    if creating.body is None:
        return schema == one.schema
    tells = schema is None or one.key in walk.properties(api, schema)
    return tells and _takes_object(api, creating)


def _use(one: _Found, role: str, parameters: Mapping[str, str], item: str = "") -> ResourceUse:
    data = {"resource": one.name, "role": role, "parameters": dict(parameters), "item": item}
    return msgspec.convert({**data, "ignores": ["unknown-fields"]}, ResourceUse)


def _items(api: Api, listing: Operation, key: str) -> str | None:
    """Where a list has things with this key: its whole body, or its one array of such."""
    schema = _answered(listing)
    if schema is None:
        return None
    if _lists(api, schema, key):
        return ""
    arrays = [
        name for name, child in walk.properties(api, schema).items() if _lists(api, child, key)
    ]
    return f"/{escape(arrays[0])}" if len(arrays) == 1 else None


def _lists(api: Api, schema: Where, key: str) -> bool:
    items = walk.child(api, schema, "items")
    return items is not None and key in walk.properties(api, items)


def _takes_object(api: Api, operation: Operation) -> bool:
    contents = operation.body.content if operation.body is not None else ()
    schema = next((each.schema for each in contents if may_be_json(each.media_type)), None)
    return schema is not None and bool(walk.properties(api, schema))


def _cuts(api: Api, uses: Mapping[str, ResourceUse]) -> Iterator[tuple[str, Pagination]]:
    """How the inferred lists are cut, by the names of their operations."""
    for each in api.operations:
        use = uses.get(each.name)
        if use is None or use.role != "list" or each.behaviours.pagination is not None:
            continue
        answer = _answered(each)
        cut = pages(api, each, answer, use.item) if answer is not None else None
        if cut is not None:
            yield each.name, cut


def _with(
    api: Api,
    found: Mapping[str, _Found],
    uses: Mapping[str, ResourceUse],
    cuts: Mapping[str, Pagination],
) -> Api:
    resources = {
        one.name: Resource(
            schema=f"#{one.schema.pointer}",
            key=one.key,
            parent=one.parent,
            unordered=True,
            fields={one.key: FieldSource(opaque=True)},
        )
        for one in found.values()
    }
    behaviours = replace(api.behaviours, resources={**api.behaviours.resources, **resources})
    operations = tuple(_using(each, uses, cuts) for each in api.operations)
    return replace(api, behaviours=behaviours, operations=operations)


def _using(
    operation: Operation, uses: Mapping[str, ResourceUse], cuts: Mapping[str, Pagination]
) -> Operation:
    if operation.name not in uses:
        return operation
    declared = operation.behaviours
    cut = cuts.get(operation.name, declared.pagination)
    behaviours = replace(declared, resource=uses[operation.name], pagination=cut)
    return replace(operation, behaviours=behaviours)


def _notes(found: Iterable[_Found], uses: Mapping[str, ResourceUse]) -> Iterator[str]:
    for one in found:
        below = f" below {one.parent}" if one.parent else ""
        yield f"resource {one.name}{below}: kept by {one.key} (inferred from {one.read.label})"
    for name, use in uses.items():
        yield f"{name}: {use.role} {use.resource} (inferred from its path, method and schemas)"


def _page_notes(cuts: Mapping[str, Pagination]) -> Iterator[str]:
    for name, cut in cuts.items():
        asked = " and ".join(each for each in (cut.page, cut.offset, cut.cursor, cut.size) if each)
        where = cut.items or "the whole body"
        yield f"{name}: {cut.style} pages of {where} (inferred from its parameters {asked})"
