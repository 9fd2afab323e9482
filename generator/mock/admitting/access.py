"""Who may do what: authentication by the operation's security, then roles, then tenants.

Compiled for an operation. A server that is open (its state says so) asks nobody: the first
principal acts, and sees what belongs to every tenant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from generator.api.behaviours import Access, Auth
from generator.api.exchange import Headers, Principal
from generator.api.model import Operation, Requirement
from generator.mock.admitting.schemes import Authenticate, Challenge, authenticator, challenger
from generator.mock.blueprint import Blueprint
from generator.mock.calls import NOBODY, Call, Check, LesserScope, Refused, Unauthenticated
from generator.mock.reading.locate import locator
from generator.mock.state import Item, State

Permit = Callable[[Call, Item | None], None]
"""Refuses a caller who may not change the item, or may not make one where there is none."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme, compiled: who calls, of those whose token has the scopes."""

    requiring: Callable[[Sequence[str]], Authenticate]
    challenge: Challenge
    place: tuple[str, str]


def compile_schemes(blueprint: Blueprint) -> Mapping[str, Scheme]:
    """Every declared security scheme."""
    behaviours = blueprint.api.behaviours.auth
    compiled: dict[str, Scheme] = {}
    for name, scheme in blueprint.api.security_schemes.items():
        auth = behaviours.get(name, Auth())
        requiring = partial(authenticator, scheme, auth)
        compiled[name] = Scheme(requiring, challenger(scheme, auth), scheme.place)
    return compiled


def check_credentials(operation: Operation, schemes: Mapping[str, Scheme]) -> Check:
    """Finds out who calls; the first alternative of the security that holds decides."""
    alternatives = [
        [schemes[name].requiring(each.schemes[name]) for name in names]
        for each in operation.security
        if all(name in schemes for name in each.schemes)
        for names in _ways(each, schemes)
    ]

    def check(call: Call) -> None:
        if call.state.open:
            call.principal = call.state.principals[0] if call.state.principals else NOBODY
        elif operation.security:
            call.principal = _principal(call, alternatives)

    return check


def _ways(requirement: Requirement, schemes: Mapping[str, Scheme]) -> Iterator[tuple[str, ...]]:
    """The schemes to ask for at once: of those that share a place, one, since it holds no more."""
    places: dict[tuple[str, str], list[str]] = {}
    for name in requirement.schemes:
        places.setdefault(schemes[name].place, []).append(name)
    return product(*places.values())


def challenges(
    state: State,
    security: Sequence[Requirement],
    schemes: Mapping[str, Scheme],
    refused: Unauthenticated,
) -> tuple[State, Headers]:
    """The WWW-Authenticate fields of a 401 (RFC 9110, section 11.6.1), and the state after them."""
    headers: list[tuple[str, str]] = []
    for name in dict.fromkeys(name for each in security for name in each.schemes):
        if name in schemes:
            state, texts = schemes[name].challenge(state, refused)
            headers += [("www-authenticate", text) for text in texts]
    return state, tuple(headers)


def check_roles(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Refuses a caller who has none of the operation's roles, unless items decide on these."""
    access = operation.behaviours.access
    if access is None or not access.roles or _asks_items(access):
        return None
    refuse = _role_checker(blueprint, access.roles)
    return lambda call: None if call.state.open else refuse(call)


def permitter(blueprint: Blueprint, operation: Operation) -> Permit | None:
    """What asks for roles once the item is known; None where roles are asked for before."""
    access = operation.behaviours.access
    if access is None or not _asks_items(access):
        return None
    changing = _role_checker(blueprint, access.roles)
    creating = _role_checker(
        blueprint, access.roles if access.creating is None else access.creating
    )

    def permit(call: Call, item: Item | None) -> None:
        if call.state.open:
            return
        if item is None:
            creating(call)
        elif not (access.owner and item.tenant == call.principal.tenant):
            changing(call)

    return permit


def _asks_items(access: Access) -> bool:
    return access.owner or access.creating is not None


def _role_checker(blueprint: Blueprint, wanted: Sequence[str]) -> Check:
    roles_of = role_finder(blueprint)

    def check(call: Call) -> None:
        if wanted and roles_of(call.principal).isdisjoint(wanted):
            raise Refused("lesser-role", ", ".join(sorted(wanted)), call.principal.name)

    return check


def check_tenant(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Refuses a caller on a resource that belongs to another tenant."""
    use = operation.behaviours.resource
    if use is None:
        return None
    owned = [name for name in use.parameters.values() if name in blueprint.owned]
    finders = [locator(blueprint.kinds[name], use) for name in owned if name in blueprint.kinds]

    def check(call: Call) -> None:
        if call.state.open:
            return
        for find in finders:
            path, key = find(call)
            item = call.state.find(path, key)
            if item is not None and item.tenant != call.principal.tenant:
                raise Refused("wrong-tenant", path[0], key)

    return check if finders else None


def role_finder(blueprint: Blueprint) -> Callable[[Principal], frozenset[str]]:
    """The function that gives a principal's roles with all that they imply."""
    implies = {name: auth.implies for name, auth in blueprint.api.behaviours.auth.items()}
    return lambda principal: roles(principal, implies.get(principal.scheme, {}))


def roles(principal: Principal, implies: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The principal's roles with all that they imply."""
    found = dict.fromkeys(principal.roles)
    waiting = list(found)
    while waiting:
        for each in implies.get(waiting.pop(), ()):
            if each not in found:
                found[each] = None
                waiting.append(each)
    return frozenset(found)


def _principal(call: Call, alternatives: Sequence[Sequence[Authenticate]]) -> Principal:
    """Whom the first alternative that holds names; refused as the one that came nearest was."""
    failures: list[Refused] = []
    for alternative in alternatives:
        try:
            found = [authenticate(call) for authenticate in alternative]
        except (Unauthenticated, LesserScope) as error:
            failures.append(error)
            continue
        return found[0] if found else NOBODY
    raise max(failures, key=_nearness, default=Unauthenticated("no scheme of it is known"))


def _nearness(refused: Refused) -> int:
    """How much of the credentials was right: all but the scopes, all but the age, the form."""
    if isinstance(refused, Unauthenticated):
        return 2 if refused.stale else 1 if refused.error else 0
    return 3
