"""Bodies with one fault: in a value, in the fields, in the JSON, in the media type.

In come a world, an operation and a thing; out come cases. A body is sent only when what stands on
the wire, read back, breaks a keyword; that keyword's place goes with the case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.api import Conform, Violation, walk
from generator.api.behaviours import FaultKind
from generator.api.exchange import Request
from generator.api.model import Operation
from generator.contract.judging.refusals import READ_OR_REFUSED, declared
from generator.contract.kinds import use_of
from generator.contract.lockstep.ways import described
from generator.contract.negatives.case import Case
from generator.contract.negatives.values import at_limit, probes, wrong_kinds
from generator.contract.pointer import MISSING, is_array, items, look, mapping
from generator.contract.world import Thing, World
from generator.diagnostics import Where
from generator.diagnostics.where import escape, split
from generator.wire import is_json

_DEPTH = 3
_KINDS: dict[str, FaultKind] = {
    "readOnly": "read-only-field",
    "additionalProperties": "unknown-field",
    "unevaluatedProperties": "unknown-field",
    "falseSchema": "unknown-field",
    "required": "missing-field",
}
_UNKNOWN = "lockstepUnknown"
_DISPUTED = ("a lone surrogate", "a key that stands twice")


@dataclass(frozen=True, slots=True)
class _Fine:
    """A request that is fine, its body and the schema of it."""

    operation: Operation
    request: Request
    body: object
    schema: Where


def body_cases(world: World, operation: Operation, thing: Thing | None) -> Iterator[Case]:
    """Every case about the body of an operation."""
    content = world.bodies.content(operation)
    if operation.body is None or content is None:
        return
    body = described(world, operation, thing, 0).body
    if body is MISSING:
        return
    request = world.request(operation, thing, body=body)
    if content.schema is not None and is_json(content.media_type):
        fine = _Fine(operation, request, _fullest(world, operation, thing), content.schema)
        yield from _valued(world, fine)
        yield from _fields(world, fine)
        yield from _spelled(world, operation, request)
    yield from _framed(operation, request)


def _fullest(world: World, operation: Operation, thing: Thing | None) -> object:
    """The fine body with the most in it."""
    bodies = [described(world, operation, thing, value).body for value in range(4)]
    return max(bodies, key=lambda each: len(json.dumps(each, default=str)))


def _valued(world: World, fine: _Fine) -> Iterator[Case]:
    for what, wrong in wrong_kinds():
        yield from _judged(world, fine, f"the whole body: {what}", wrong)
    for pointer, schema, value in _members(world, fine.schema, fine.body, "", 0):
        for what, wrong in probes(world.api, schema, value):
            if not (wrong is None and "null-fields" in _ignored(world, fine.operation)):
                name = f"{_shown(pointer)}: {what}"
                yield from _judged(world, fine, name, _put(fine.body, pointer, wrong))


def _fields(world: World, fine: _Fine) -> Iterator[Case]:
    pointer = use_of(fine.operation).request if fine.operation.behaviours.resource else ""
    schema = walk.at(world.api, fine.schema, split(pointer))
    if schema is None:
        return
    for name in sorted(walk.required(world.api, schema)):
        without = {
            key: value for key, value in mapping(look(fine.body, pointer)).items() if key != name
        }
        yield from _judged(world, fine, f"{name}: left out", _put(fine.body, pointer, without))
    for name, place in walk.properties(world.api, schema).items():
        if world.api.schemas[place].read_only:
            sent = _put(fine.body, f"{pointer}/{escape(name)}", world.draw.value(place))
            yield from _judged(world, fine, f"{name}: sent, though only read", sent)
    if "unknown-fields" not in _ignored(world, fine.operation):
        # What is looked at by its value alone passes where it is like another's.
        known = mapping(look(fine.body, pointer)).values()
        for name, value in (("", 1), (", with the value of another", next(iter(known), 1))):
            sent = _put(fine.body, f"{pointer}/{_UNKNOWN}", value)
            yield from _judged(world, fine, f"a field that is unknown{name}", sent)


def _judged(world: World, fine: _Fine, name: str, body: object) -> Iterator[Case]:
    """The case, if the body as it will stand on the wire is what it is said to be."""
    request = replace(fine.request, body=json.dumps(body, ensure_ascii=False).encode())
    broken = _violations(world.draw.conform, fine.schema, request.body)
    if not broken:
        if at_limit(name):
            yield Case(name=f"{name} is fine", request=request)
        return
    told: list[FaultKind] = [_KINDS.get(each.kind, "invalid-body") for each in broken]
    kinds = tuple(dict.fromkeys(told))
    first = broken[0]
    yield Case(name=name, request=request, kinds=kinds, where=first.where, keyword=first.kind)


def _violations(conform: Conform, schema: Where, body: bytes) -> list[Violation]:
    return conform.errors(schema, json.loads(body), "request")


def _members(
    world: World, schema: Where, value: object, pointer: str, depth: int
) -> Iterator[tuple[str, Where, object]]:
    """Every member of a value with its schema, as deep as it goes in reason."""
    if depth >= _DEPTH:
        return
    for name, place in walk.properties(world.api, schema).items():
        member = look(value, f"/{escape(name)}")
        if member is not MISSING:
            at = f"{pointer}/{escape(name)}"
            yield at, place, member
            yield from _members(world, place, member, at, depth + 1)
    inner = walk.child(world.api, schema, "items")
    if inner is not None and items(value):
        yield f"{pointer}/0", inner, items(value)[0]
        yield from _members(world, inner, items(value)[0], f"{pointer}/0", depth + 1)


def _spelled(world: World, operation: Operation, request: Request) -> Iterator[Case]:
    """JSON that is none, or that readers disagree on (RFC 8259, sections 4 and 8).

    What readers may disagree on is judged where the description says what malformed bodies get.
    """
    told = declared(world.api, operation, "malformed-body") is not None
    text = request.body
    wrong = {
        "JSON that ends too soon": text[:-1],
        "JSON with a comma too many": text[:-1] + b",}",
        "JSON with more behind it": text + b"]",
        "no JSON at all": b"lockstep",
        "bytes that are not UTF-8": text[:-1] + b',"lockstep":"\xff"}',
        "a key that stands twice": _twice(text),
        "a lone surrogate": text.replace(b'": "', b'": "\\ud800', 1),
    }
    for name, body in wrong.items():
        if body and body != text and (told or name not in _DISPUTED):
            yield Case(name=name, request=replace(request, body=body), kinds=_malformed(name))


def _malformed(name: str) -> tuple[FaultKind, ...]:
    # A reader that takes the last of two keys, or half a character, may find the value wrong.
    if name in _DISPUTED:
        return ("malformed-body", "invalid-body")
    return ("malformed-body",)


def _twice(text: bytes) -> bytes:
    members = mapping(json.loads(text))
    if not members:
        return b""
    name = next(iter(members))
    pair = f"{json.dumps(name)}: {json.dumps(members[name], ensure_ascii=False)}"
    return text[:-1].rstrip() + f", {pair}}}".encode()


def _framed(operation: Operation, request: Request) -> Iterator[Case]:
    if operation.body is not None and operation.body.required:
        empty = replace(request, body=b"")
        yield Case(name="no body", request=empty, kinds=("missing-body", "unsupported-media-type"))
    untyped = tuple(pair for pair in request.headers if pair[0] != "Content-Type")
    if untyped != request.headers:
        # RFC 9110, section 8.3: it may be looked at, or refused.
        yield Case(
            name="a body without Content-Type",
            request=replace(request, headers=untyped),
            kinds=("unsupported-media-type",),
            wanted=READ_OR_REFUSED,
        )
    for kind in ("text/plain", "application/xml"):
        if operation.body and kind not in [each.media_type for each in operation.body.content]:
            sent = replace(request, headers=(*untyped, ("Content-Type", kind)))
            yield Case(name=f"a body of {kind}", request=sent, kinds=("unsupported-media-type",))


def _put(value: object, pointer: str, member: object) -> object:
    """The value with another member at a pointer."""
    tokens = split(pointer)
    if not tokens:
        return member
    rest = "".join(f"/{escape(each)}" for each in tokens[1:])
    if is_array(value) and tokens[0].isdigit():
        place = int(tokens[0])
        return [*value[:place], _put(value[place], rest, member), *value[place + 1 :]]
    members = mapping(value)
    return {**members, tokens[0]: _put(members.get(tokens[0], {}), rest, member)}


def _ignored(world: World, operation: Operation) -> list[str]:
    use = operation.behaviours.resource
    return [*use.ignores] if use and use.resource not in world.inferred else []


def _shown(pointer: str) -> str:
    return ".".join(split(pointer))
