"""Whom an operation's security lets in, and who proves it together.

In come an operation and principals, out come those of them who may try. A principal has one scheme;
where a requirement names several, the principals of one name are one caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.api.exchange import Principal
from generator.api.model import Api, Operation


def callers(
    api: Api, operation: Operation, principals: Sequence[Principal]
) -> tuple[Principal, ...]:
    """The principals of the schemes that an operation asks for; all where none of them is."""
    wanted = {name for each in operation.security for name in _schemes(api, each.schemes)}
    return tuple(each for each in principals if each.scheme in wanted) or tuple(principals)


def together(
    api: Api, operation: Operation | None, principal: Principal, principals: Sequence[Principal]
) -> tuple[Principal, ...]:
    """The principal, and those of the other schemes that the operation asks for beside theirs."""
    for each in operation.security if operation else ():
        if len(each.schemes) > 1 and principal.scheme in _schemes(api, each.schemes):
            own = api.security_schemes.get(principal.scheme)
            places = {own.place} if own else set[tuple[str, str]]()
            # Of schemes that share a header field one alone can be sent.
            elsewhere = [n for n in each.schemes if _place(api, n) not in places]
            others = (_beside(name, principal, principals) for name in elsewhere)
            return (principal, *(other for other in others if other is not None))
    return (principal,)


def closed(operation: Operation) -> bool:
    """Whether nobody may call an operation without credentials."""
    return bool(operation.security) and all(each.schemes for each in operation.security)


def asks_in_vain(api: Api, operation: Operation, principals: Sequence[Principal]) -> bool:
    """Whether an operation asks for credentials, and none of the principals has some that fit."""
    if not closed(operation):
        return False
    asked = [each.schemes for each in operation.security]
    wanted = {name for names in asked for name in _schemes(api, names)}
    return not any(each.scheme in wanted for each in principals)


def challenged(api: Api, operation: Operation) -> bool:
    """Whether a 401 has a challenge to carry: HTTP has no name for API keys."""
    names = {name for each in operation.security for name in each.schemes}
    schemes = (api.security_schemes.get(name) for name in names)
    return any(each is None or each.kind != "apiKey" for each in schemes)


def _place(api: Api, name: str) -> tuple[str, str] | None:
    scheme = api.security_schemes.get(name)
    return scheme.place if scheme else None


def _schemes(api: Api, names: Iterable[str]) -> Iterator[str]:
    """The schemes whose principals sign in by one of these."""
    for name in names:
        yield name
        if name in api.behaviours.auth:
            yield api.behaviours.auth[name].callers_of


def _beside(scheme: str, principal: Principal, principals: Sequence[Principal]) -> Principal | None:
    if scheme == principal.scheme:
        return None
    own = [each for each in principals if each.scheme == scheme]
    return next((each for each in own if each.name == principal.name), next(iter(own), None))
