"""The first layer: what differs between two APIs, without an opinion about it.

In come two neutral models, out go `Changes`. This is the one walk over operations, parameters,
bodies, answers and headers; schemas are walked by `Schemas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import generator.diff.matching as matching
from generator.api import Api, Content, Header, Operation, Parameter, RequestBody
from generator.api.model import Response
from generator.diagnostics import Where
from generator.diff.behaviours import document_facts, operation_facts, parameter_facts
from generator.diff.change import Action, Change, Changes, Fact, Site, lonely
from generator.diff.documents import document_changes
from generator.diff.lives import differences, life
from generator.diff.matching import Prefixes
from generator.diff.schemas import Schemas
from generator.diff.securities import security_facts

Found = Iterator[Change]


def changes(base: Api, revision: Api, prefixes: Prefixes | None = None) -> Changes:
    """Everything that differs, in the order of the base's operations.

    Prefixes that hide in the paths are inferred where none are given.
    """
    if prefixes is None:
        prefixes = matching.inferred(base, revision)
    walker = _Walker(base, revision, prefixes, Schemas(base, revision))
    return Changes(base, revision, tuple(walker.api()))


@dataclass(frozen=True, slots=True)
class _Walker:
    base: Api
    revision: Api
    prefixes: Prefixes
    schemas: Schemas

    def api(self) -> Found:
        yield from document_changes(self.base, self.revision, self.prefixes)
        yield from (
            Change(fact=fact, site=Site()) for fact in document_facts(self.base, self.revision)
        )
        found = matching.operations(self.base, self.revision, self.prefixes)
        kept = {matching.template(self._new_path(each)) for each in self.revision.operations}
        for each in found.removed:
            whole = matching.template(self._old_path(each)) not in kept
            yield _one_sided("removed", each, ("path",) if whole else ())
        for pair in found.both:
            yield from self._operation(*pair)
        for each in found.added:
            yield _one_sided("added", each)

    def _old_path(self, operation: Operation) -> str:
        return matching.cut(operation.path, self.prefixes.base)

    def _new_path(self, operation: Operation) -> str:
        return matching.cut(operation.path, self.prefixes.revision)

    def _operation(self, old: Operation, new: Operation) -> Found:
        site = replace(_site(new), formerly=old.name, stability=old.lifecycle.stability)
        for fact in self._operation_facts(old, new):
            yield _placed(fact, site, old.where, new.where)
        yield from self._parameters(old, new, replace(site, direction="request"))
        yield from self._body(old, new, replace(site, direction="request", element="body"))
        yield from self._responses(old, new, replace(site, direction="response"))

    def _operation_facts(self, old: Operation, new: Operation) -> Iterator[Fact]:
        yield from _identity(old, new)
        if self._slash(old) != self._slash(new):
            yield Fact(subject="path-slash", action="changed", before=old.path, after=new.path)
        yield from differences(life(old), life(new), old.where, new.where)
        inherited = old.security == self.base.security and new.security == self.revision.security
        if not inherited:
            yield from security_facts("security", old.security, new.security)
        renamed = matching.renamed(old, new, self.prefixes)
        yield from operation_facts(old.behaviours, new.behaviours, renamed)

    def _slash(self, operation: Operation) -> bool:
        return operation.path.endswith("/") and operation.path != "/"

    def _parameters(self, old: Operation, new: Operation, site: Site) -> Found:
        found = matching.parameters(old, new, self.prefixes)
        for action, each in found.lonely:
            gone = action == "removed"
            api, operation = (self.base, old) if gone else (self.revision, new)
            yield self._lonely_parameter(action, each, site, api, operation)
        for one, other in found.both:
            yield from self._parameter(one, other, _at_parameter(site, other))

    def _lonely_parameter(
        self, action: Action, found: Parameter, site: Site, api: Api, operation: Operation
    ) -> Change:
        traits = {"required"} if found.required else set[str]()
        if found.where.pointer.startswith(f"{_parent(operation.where)}/parameters/"):
            traits.add("shared")
        schema = _schema_of(found)
        if schema is not None and "default" in api.schemas[schema].keywords:
            traits.add("default")
        if found.location == "path":
            traits.add("path")
        fact = lonely(
            "parameter", action, found.where, name=found.name, traits=traits, value=life(found)
        )
        return Change(fact=fact, site=_at_parameter(site, found))

    def _parameter(self, old: Parameter, new: Parameter, site: Site) -> Found:
        for fact in self._parameter_facts(old, new):
            yield _placed(fact, site, old.where, new.where)
        if old.content is not None and new.content is not None:
            site = replace(site, media_type=new.content.media_type)
        yield from self._schema(_schema_of(old), _schema_of(new), site)

    def _parameter_facts(self, old: Parameter, new: Parameter) -> Iterator[Fact]:
        if old.name != new.name and new.location == "path":
            yield Fact(subject="name", action="changed", before=old.name, after=new.name)
        yield from _became_required(old.required, new.required)
        before, after = ((each.style, each.explode) for each in (old, new))
        if before != after:
            yield Fact(subject="style", action="changed", before=before, after=after)
        yield from differences(life(old), life(new), old.where, new.where)
        yield from parameter_facts(old.behaviours, new.behaviours)

    def _body(self, old: Operation, new: Operation, site: Site) -> Found:
        one, other = old.body, new.body
        if one is None or other is None:
            if one is not other:
                yield Change(fact=_lonely_body(one, other, old.where, new.where), site=site)
            return
        for fact in _became_required(one.required, other.required):
            yield _placed(fact, site, one.where, other.where)
        yield from self._contents(one.content, other.content, site, one.where, other.where)

    def _responses(self, old: Operation, new: Operation, site: Site) -> Found:
        found = matching.pair_up(old.responses, new.responses, lambda each: each.status)
        for action, each in found.lonely:
            fact = lonely("status", action, each.where, name=each.status)
            yield Change(fact=fact, site=replace(site, status=each.status))
        for one, other in found.both:
            at = replace(site, status=other.status)
            yield from self._headers(one, other, at)
            body = replace(at, element="body")
            yield from self._contents(one.content, other.content, body, one.where, other.where)

    def _headers(self, old: Response, new: Response, site: Site) -> Found:
        found = matching.pair_up(old.headers, new.headers, lambda each: each.name.lower())
        for action, each in found.lonely:
            traits = ("required",) if each.required else ()
            fact = lonely("header", action, each.where, name=each.name, traits=traits)
            yield Change(fact=fact, site=_at_header(site, each))
        for one, other in found.both:
            at = _at_header(site, other)
            for change in _became_required(one.required, other.required):
                yield _placed(change, at, one.where, other.where)
            yield from self._schema(one.schema, other.schema, at)

    def _contents(
        self,
        old: Iterable[Content],
        new: Iterable[Content],
        site: Site,
        base: Where,
        revision: Where,
    ) -> Found:
        found, successions = matching.contents(old, new)
        for action, each in found.lonely:
            fact = lonely("media-type", action, each.where, name=each.media_type)
            at = replace(site, media_type=each.media_type)
            yield _placed(fact, at, base, revision)
        for one, other in (*found.both, *successions):
            yield from self._content(one, other, replace(site, media_type=other.media_type))

    def _content(self, old: Content, new: Content, site: Site) -> Found:
        action = matching.name_change(old.media_type, new.media_type)
        if action:
            fact = Fact(
                subject="media-type-name",
                action=action,
                before=old.media_type,
                after=new.media_type,
            )
            yield _placed(fact, site, old.where, new.where)
        if (old.schema is None) != (new.schema is None):
            action = "added" if old.schema is None else "removed"
            yield _placed(
                Fact(subject="media-type-schema", action=action), site, old.where, new.where
            )
        yield from self._schema(old.schema, new.schema, site)

    def _schema(self, old: Where | None, new: Where | None, site: Site) -> Found:
        if old is None or new is None:
            return
        for found in self.schemas.walk((old, new)):
            at = replace(site, trail=found.trail) if found.trail else site
            yield Change(fact=found.fact, site=at, flipped=found.flipped)


def _site(operation: Operation) -> Site:
    return Site(
        method=operation.method,
        path=operation.path,
        operation=operation.name,
        stability=operation.lifecycle.stability,
    )


def _one_sided(action: Action, operation: Operation, traits: Iterable[str] = ()) -> Change:
    fact = lonely(
        "operation",
        action,
        operation.where,
        name=operation.label,
        traits=traits,
        value=life(operation),
    )
    return Change(fact=fact, site=_site(operation))


def _placed(fact: Fact, site: Site, base: Where, revision: Where) -> Change:
    placed = replace(fact, base=fact.base or base, revision=fact.revision or revision)
    return Change(fact=placed, site=site)


def _became_required(was: bool, now: bool) -> Iterator[Fact]:
    if was != now:
        action = "became-required" if now else "became-optional"
        yield Fact(subject="required", action=action, before=was, after=now)


def _identity(old: Operation, new: Operation) -> Iterator[Fact]:
    if old.id != new.id:
        action = "added" if not old.id else "removed" if not new.id else "changed"
        yield Fact(subject="operation-id", action=action, before=old.id, after=new.id, name=old.id)
    for tag in old.tags:
        if tag not in new.tags:
            yield Fact(subject="tag", action="removed", before=tag, name=tag)
    for tag in new.tags:
        if tag not in old.tags:
            yield Fact(subject="tag", action="added", after=tag, name=tag)


def _parent(where: Where) -> str:
    return where.pointer.rpartition("/")[0]


def _schema_of(parameter: Parameter) -> Where | None:
    return parameter.content.schema if parameter.content else parameter.schema


def _at_parameter(site: Site, found: Parameter) -> Site:
    return replace(site, element="parameter", name=found.name, location=found.location)


def _at_header(site: Site, header: Header) -> Site:
    return replace(site, element="header", name=header.name)


def _lonely_body(
    old: RequestBody | None, new: RequestBody | None, base: Where, revision: Where
) -> Fact:
    found = old or new
    required = found is not None and found.required
    return Fact(
        subject="body",
        action="added" if old is None else "removed",
        traits=frozenset(("required",)) if required else frozenset(),
        base=old.where if old else base,
        revision=new.where if new else revision,
    )
