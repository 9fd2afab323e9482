"""What differs in a description as a whole: version, servers, webhooks, components, security."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from generator.api import Api
from generator.diagnostics import Where
from generator.diff.change import Change, Fact, Site, lonely
from generator.diff.matching import Prefixes
from generator.diff.securities import scheme_facts, security_facts


def document_changes(base: Api, revision: Api, prefixes: Prefixes) -> Iterator[Change]:
    """Changes that belong to no operation."""
    for fact in _facts(base, revision, prefixes):
        placed = replace(
            fact, base=fact.base or base.where, revision=fact.revision or revision.where
        )
        yield Change(fact=placed, site=Site())


def _facts(base: Api, revision: Api, prefixes: Prefixes) -> Iterator[Fact]:
    if base.version != revision.version:
        yield Fact(
            subject="document-version",
            action="changed",
            before=base.version,
            after=revision.version,
            base=base.where.at("info", "version"),
            revision=revision.where.at("info", "version"),
        )
    yield from _servers(base, revision, prefixes)
    yield from _webhooks(base, revision)
    yield from security_facts("global-security", base.security, revision.security)
    yield from scheme_facts(base.security_schemes, revision.security_schemes)
    yield from _components(base, revision)


def _servers(base: Api, revision: Api, prefixes: Prefixes) -> Iterator[Fact]:
    """A new path of the servers is one fact, other hosts none of ours."""
    before, after = starts(base, prefixes.base), starts(revision, prefixes.revision)
    if before != after:
        yield Fact(
            subject="server-path",
            action="added" if set(before) <= set(after) else "changed",
            before=", ".join(each or "/" for each in before),
            after=", ".join(each or "/" for each in after),
            base=base.servers[0].where if base.servers else None,
            revision=revision.servers[0].where if revision.servers else None,
        )


def starts(api: Api, prefix: str) -> list[str]:
    """The paths of the servers, with the prefix that hides in the API's own paths."""
    return sorted({_path(each.url) + prefix for each in api.servers} or {prefix})


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _webhooks(base: Api, revision: Api) -> Iterator[Fact]:
    before, after = ({each.name: each.where for each in api.webhooks} for api in (base, revision))
    yield from _names("webhook", before, after)


def _components(base: Api, revision: Api) -> Iterator[Fact]:
    before, after = (
        {each.name: each.where for each in api.schemas.values() if each.name}
        for api in (base, revision)
    )
    yield from _names("component-schema", before, after)


def _names(subject: str, old: Mapping[str, Where], new: Mapping[str, Where]) -> Iterator[Fact]:
    for name, where in old.items():
        if name not in new:
            yield lonely(subject, "removed", where, name=name)
    for name, where in new.items():
        if name not in old:
            yield lonely(subject, "added", where, name=name)
