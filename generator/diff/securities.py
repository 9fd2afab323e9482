"""What differs in who may call: security requirements and the schemes that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from generator.api import Requirement, SecurityScheme
from generator.diff.change import Fact
from generator.diff.matching import pair_up

_URLS = {"tokenUrl": "oauth-token-url", "authorizationUrl": "oauth-url"}


def security_facts(
    subject: str, old: tuple[Requirement, ...], new: tuple[Requirement, ...]
) -> Iterator[Fact]:
    """Alternatives that came and went, scopes of those that stayed, and who is shut out by it."""
    found = pair_up(old, new, lambda each: tuple(sorted(each.schemes)))
    for action, lonely in (("removed", found.removed), ("added", found.added)):
        for each in lonely:
            yield Fact(subject=subject, action=action, name=_words(each.schemes))
    for one, other in found.both:
        for scheme, before in one.schemes.items():
            yield from _scopes(f"{subject}-scope", before, other.schemes[scheme], scheme)
    yield from _refused(old, new)


def _refused(old: tuple[Requirement, ...], new: tuple[Requirement, ...]) -> Iterator[Fact]:
    """Credentials that were enough and no longer are; where none were asked for, none at all."""
    enough: list[Mapping[str, tuple[str, ...]]] = [each.schemes for each in old] or [{}]
    for each in enough:
        if not admits(new, each):
            held = {name: list(scopes) for name, scopes in each.items()}
            yield Fact(subject="credentials", action="refused", before=held, name=_held(each))


def _words(schemes: Iterable[str]) -> str:
    return " and ".join(schemes) or "no credentials"


def _held(schemes: Mapping[str, tuple[str, ...]]) -> str:
    told = (f"{name} with {', '.join(held)}" if held else name for name, held in schemes.items())
    return " and ".join(told) or "no credentials"


def admits(requirements: tuple[Requirement, ...], held: Mapping[str, Iterable[str]]) -> bool:
    """Whether these credentials, each with its scopes, are enough."""
    return not requirements or any(
        all(name in held and set(asked) <= set(held[name]) for name, asked in each.schemes.items())
        for each in requirements
    )


def _scopes(
    subject: str, old: tuple[str, ...], new: tuple[str, ...], scheme: str
) -> Iterator[Fact]:
    for each in old:
        if each not in new:
            yield Fact(subject=subject, action="removed", before=each, name=f"{scheme}: {each}")
    for each in new:
        if each not in old:
            yield Fact(subject=subject, action="added", after=each, name=f"{scheme}: {each}")


def scheme_facts(
    old: Mapping[str, SecurityScheme], new: Mapping[str, SecurityScheme]
) -> Iterator[Fact]:
    """Schemes that came and went, and what changed in those that stayed."""
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if one is None and other is not None:
            yield Fact(
                subject="security-component", action="added", name=name, revision=other.where
            )
        elif one is not None and other is None:
            yield Fact(subject="security-component", action="removed", name=name, base=one.where)
        elif one is not None and other is not None:
            yield from _scheme(name, one, other)


def _scheme(name: str, old: SecurityScheme, new: SecurityScheme) -> Iterator[Fact]:
    if _way(old) != _way(new):
        yield Fact(
            subject="security-component-type",
            action="changed",
            before=_way(old),
            after=_way(new),
            name=name,
            base=old.where,
            revision=new.where,
        )
    for flow in old.flows.keys() & new.flows.keys():
        yield from _flow(name, old.flows[flow], new.flows[flow])


def _way(scheme: SecurityScheme) -> str:
    parts = (scheme.kind, scheme.scheme, scheme.location, scheme.parameter)
    return " ".join(part for part in parts if part)


def _flow(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Fact]:
    for key, word in _URLS.items():
        if old.get(key) != new.get(key):
            yield Fact(
                subject=f"security-component-{word}",
                action="changed",
                before=old.get(key),
                after=new.get(key),
                name=name,
            )
    yield from _flow_scopes(name, _texts(old), _texts(new))


def _texts(flow: Mapping[str, object]) -> Mapping[str, object]:
    scopes = flow.get("scopes")
    return cast("Mapping[str, object]", scopes) if isinstance(scopes, dict) else {}


def _flow_scopes(name: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Fact]:
    subject = "security-component-oauth-scope"
    for scope in dict.fromkeys((*old, *new)):
        told = f"{name}: {scope}"
        if scope not in new:
            yield Fact(subject=subject, action="removed", before=scope, name=told)
        elif scope not in old:
            yield Fact(subject=subject, action="added", after=scope, name=told)
        elif old[scope] != new[scope]:
            before, after = old[scope], new[scope]
            yield Fact(subject=subject, action="changed", before=before, after=after, name=told)
