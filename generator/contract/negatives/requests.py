"""Requests with one fault outside the body: in the path, the query, Accept, the method.

In come a world, an operation and a request that is fine; out come cases. A text is sent only when,
read back by the parameter's declared types, it breaks the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit

from generator.api import Violation
from generator.api.behaviours import FaultKind
from generator.api.exchange import Request
from generator.api.model import Operation, Parameter
from generator.api.texts import reader, types_of
from generator.contract.judging.refusals import declared, statuses
from generator.contract.kinds import by_path
from generator.contract.negatives.case import Case
from generator.contract.negatives.escapes import escaped
from generator.contract.negatives.spellings import spellings
from generator.contract.negatives.values import at_limit, probes, texts
from generator.contract.world import Thing, World
from generator.diagnostics import Where

_WRONG_TEXTS = ("lockstep", "1.5", "-1", "TRUE", "null", "1e3", "+1", " 1", "%31")


def request_cases(
    world: World, operation: Operation, thing: Thing | None, request: Request
) -> Iterator[Case]:
    """Every case about a request apart from its body."""
    for parameter in operation.parameters:
        if parameter.location == "path" and thing is not None:
            yield from _path(world, operation, parameter, thing, request)
        elif parameter.location == "query":
            yield from _query(world, operation, parameter, request)
        elif parameter.name.lower() == "if-match" and operation.response(412):
            yield from _preconditions(world, parameter, thing, request)
    yield from _elsewhere(world, operation, thing, request)
    yield _asked(request, "a parameter that is unknown", "lockstepUnknown=1", "unknown-query")
    yield from _accepts(world, operation, request)
    yield from _slash(request)


def _preconditions(
    world: World, parameter: Parameter, thing: Thing | None, request: Request
) -> Iterator[Case]:
    """If-Match with another tag than the thing has, and with its own (RFC 9110, section 13.1.1).

    Of a server that shows no tag nothing is known of preconditions.
    """
    refused = frozenset({412})
    tag = world.read(thing).call.response.header("ETag") if thing else None
    if tag is None:
        return
    wrong = Case(
        name="a precondition that does not hold",
        request=_headed(request, parameter.name, '"lockstep"'),
        kinds=("invalid-body",),
        where=parameter.where,
        wanted=refused,
    )
    yield wrong
    sent = _headed(request, parameter.name, tag)
    name = "a precondition that holds is fine"
    yield Case(name=name, request=sent, where=parameter.where, wanted=refused)


def _headed(request: Request, name: str, value: str) -> Request:
    others = (pair for pair in request.headers if pair[0].lower() != name.lower())
    return replace(request, headers=(*others, (name, value)))


def _elsewhere(
    world: World, operation: Operation, thing: Thing | None, request: Request
) -> Iterator[Case]:
    """A thing looked for in another parent than its own."""
    use = operation.behaviours.resource
    parent = world.kinds[use.resource].resource.parent if use else ""
    if use is None or thing is None or parent not in thing.keys:
        return
    if use.resource not in use.parameters.values() or parent not in use.parameters.values():
        return
    if world.kinds[use.resource].resource.singleton or use.role == "upsert":
        return  # An upsert makes what is not there.
    other = world.make(parent)
    target = request.target.replace(
        f"/{quote(thing.keys[parent], safe='')}", f"/{quote(other.key, safe='')}", 1
    )
    sent = replace(request, target=target)
    yield Case(name=f"in another {parent}", request=sent, kinds=("not-found",))


def _path(
    world: World, operation: Operation, parameter: Parameter, thing: Thing, request: Request
) -> Iterator[Case]:
    use = operation.behaviours.resource
    of = use.parameters.get(parameter.name) if use else None
    if use is None or of is None or parameter.schema is None:
        return
    key = (
        str(thing.fields.get(use.by.field)) if by_path(operation) and use.by else thing.keys.get(of)
    )
    if not key or f"/{quote(key, safe='')}" not in request.target:
        return
    inside = use.role not in ("create", "list") and of == use.resource
    missing: FaultKind = "not-found" if inside else "parent-not-found"
    # RFC 9110, section 9.3.4: what is put where nothing was is made there.
    makes = use.role == "upsert" and of == use.resource
    strict = declared(world.api, operation, "invalid-path") is not None
    unknown = ("a key that nothing has", world.draw.unknown(parameter.schema))
    for what, text in (*texts(world.api, parameter.schema, key), unknown):
        if not strict and _open(world, parameter, text):
            continue
        broken = _broken(world, parameter, [text])
        kinds: tuple[FaultKind, ...] = ("invalid-path",) if broken else (missing,)
        fine = not broken and (makes or what == "the other case")
        if text and text != key and not fine:
            path = quote(text, safe="")
            target = request.target.replace(f"/{quote(key, safe='')}", f"/{path}", 1)
            where = broken[0].where if broken else parameter.where
            keyword = broken[0].kind if broken else ""
            sent = replace(request, target=target)
            name = f"{parameter.name}: {what}"
            yield Case(name=name, request=sent, kinds=kinds, where=where, keyword=keyword)
    for each in escaped(key):
        broken = _broken(world, parameter, each.readings)
        if makes and not broken:
            continue
        told = statuses(world.api, operation, "invalid-path" if broken else missing)
        target = request.target.replace(f"/{quote(key, safe='')}", f"/{each.sent}", 1)
        yield Case(
            name=f"{parameter.name}: {each.what}",
            request=replace(request, target=target),
            kinds=("invalid-path",) if broken else (missing,),
            where=broken[0].where if broken else parameter.where,
            keyword=broken[0].kind if broken else "",
            # Whoever reads addresses strictly may say that this is none, or leads nowhere.
            wanted=told | {400, 404, 422} if told else told,
        )


def _broken(world: World, parameter: Parameter, texts: Sequence[str]) -> list[Violation]:
    """What a text breaks, if it breaks something however it is read."""
    assert parameter.schema is not None
    read = reader(world.api, parameter)
    values = [read([each]) for each in texts]
    broken = [world.draw.conform.errors(parameter.schema, each, "request") for each in values]
    return broken[0] if all(broken) else []


def _open(world: World, parameter: Parameter, text: str) -> bool:
    """Whether some read the text as another that is fine, where nothing is said of it."""
    assert parameter.schema is not None
    others = spellings(text, types_of(world.api, parameter.schema))
    return any(not _broken(world, parameter, [each]) for each in others)


def _query(
    world: World, operation: Operation, parameter: Parameter, request: Request
) -> Iterator[Case]:
    name = quote(parameter.name, safe="")
    if parameter.behaviours.confirm is not None:
        target = _without(request.target, parameter.name)
        sent = replace(request, target=target)
        yield Case(
            name=f"{parameter.name}: left out",
            request=sent,
            kinds=("unconfirmed",),
            where=parameter.where,
        )
        return
    if parameter.schema is None or parameter.style == "deepObject":
        return
    fine = world.draw.parameter(parameter)
    strict = declared(world.api, operation, "invalid-query") is not None
    if types_of(world.api, parameter.schema) & {"array", "object"} or f"{name}=" in request.target:
        return
    for what, text in _texts(world, parameter.schema, fine):
        if not strict and _open(world, parameter, text):
            continue
        if broken := _broken(world, parameter, [text]):
            case = _asked(
                request,
                f"{parameter.name}: {what}",
                f"{name}={quote(text, safe='')}",
                "invalid-query",
            )
            yield replace(case, where=broken[0].where, keyword=broken[0].kind)
        elif at_limit(what):
            pair = f"{name}={quote(text, safe='')}"
            fine_case = _asked(request, f"{parameter.name}: {what} is fine", pair, "invalid-query")
            yield replace(fine_case, kinds=(), where=parameter.where)
    for each in escaped(""):
        if broken := _broken(world, parameter, each.readings):
            what, pair = f"{parameter.name}: {each.what}", f"{name}={each.sent}"
            case = _asked(request, what, pair, "invalid-query")
            told = statuses(world.api, operation, "invalid-query")
            wanted = told | {400, 422} if told else told
            yield replace(case, where=broken[0].where, keyword=broken[0].kind, wanted=wanted)
    once = f"{name}={quote(_text(fine), safe='')}"
    twice = _asked(request, f"{parameter.name}: sent twice", f"{once}&{once}", "repeated-query")
    yield replace(twice, where=parameter.where)
    if parameter.required:
        target = _without(request.target, parameter.name)
        yield Case(
            name=f"{parameter.name}: left out",
            request=replace(request, target=target),
            kinds=("missing-query",),
            where=parameter.where,
        )


def _texts(world: World, schema: Where, fine: object) -> Iterator[tuple[str, str]]:
    for what, value in probes(world.api, schema, fine):
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield what, _text(value)
    for text in _WRONG_TEXTS:
        yield f"{text!r} in its place", text


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _asked(request: Request, name: str, pair: str, kind: FaultKind) -> Case:
    joint = "&" if "?" in request.target else "?"
    sent = replace(request, target=f"{request.target}{joint}{pair}")
    return Case(name=name, request=sent, kinds=(kind,))


def _without(target: str, name: str) -> str:
    parts = urlsplit(target)
    kept = [each for each in parts.query.split("&") if each.partition("=")[0] != name]
    return f"{parts.path}?{'&'.join(kept)}" if any(kept) else parts.path


def _accepts(world: World, operation: Operation, request: Request) -> Iterator[Case]:
    """What Accept may not say, and ways to write what it may (RFC 9110, section 12.5.1)."""
    offered = [
        content.media_type
        for response in operation.responses
        for content in response.content
        if response.status.startswith("2")
    ]
    version = world.api.behaviours.version
    if version is not None:
        offered.append(version.template.replace("{version}", version.current))
    if not offered:
        return
    wrong = ["image/png", f"{offered[0]};q=0"]
    for accept in wrong:
        name = "Accept that admits nothing" if accept == wrong[0] else "Accept with a quality of 0"
        yield Case(name=name, request=_accepting(request, accept), kinds=("not-acceptable",))
    fine = {"Accept by quality": f"image/png;q=0.9, {offered[0]};q=0.1"}
    if version is None or version.wildcard:
        fine |= {
            "Accept of anything": "*/*",
            "Accept of a family": "application/*",
            "no Accept": "",
        }
    for name, accept in fine.items():
        if accept != "application/*" or offered[0].startswith("application/"):
            yield Case(name=f"{name} is fine", request=_accepting(request, accept))


def _accepting(request: Request, accept: str) -> Request:
    kept = tuple(pair for pair in request.headers if pair[0] != "Accept")
    return replace(request, headers=(*kept, ("Accept", accept)) if accept else kept)


def _slash(request: Request) -> Iterator[Case]:
    path, mark, query = request.target.partition("?")
    if not path.endswith("/"):
        sent = replace(request, target=f"{path}/{mark}{query}")
        yield Case(name="a slash too many", request=sent, kinds=("no-such-path",))
