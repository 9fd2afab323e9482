"""Without the right credentials nothing is answered: none, wrong, another tenant's, replayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from generator.api.exchange import Principal, Request
from generator.api.model import Operation
from generator.contract.calling.callers import challenged, closed
from generator.contract.calling.credentials import authorization, offered
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kinds, fault, use_of
from generator.contract.laws.law import Law
from generator.contract.pointer import MISSING
from generator.contract.smoke import candidates, subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class _Secured(Law):
    """A law about operations that need credentials; an open target is not judged."""

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Operations with security."""
        for kind in kinds:
            yield from filter(closed, kind.operations)

    def _caller(self, world: World, operation: Operation) -> Principal:
        principal = world.principal_for(operation)
        if principal is None or world.client.admission.lacks(operation):
            raise Unreachable("the run has no credentials")
        return principal

    def _request(self, world: World, operation: Operation) -> tuple[Thing | None, Request]:
        thing = subject(world, operation)
        body = next(iter(candidates(world, operation, thing)), MISSING)
        return thing, world.request(operation, thing, body=body)


class AuthRequired(_Secured):
    """No credentials, and wrong ones, get the declared status and a challenge."""

    id: ClassVar[str] = "auth-required"
    says: ClassVar[str] = "Calls without credentials, or with wrong ones, are refused."
    wfc: ClassVar[int | None] = 307
    needs: ClassVar[tuple[str, ...]] = ("security",)

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call as nobody, with a wrong secret, and as somebody unknown."""
        caller = self._caller(world, operation)
        _, request = self._request(world, operation)
        wrong = replace(caller, name="wrong secret", secret="lockstep-wrong")
        unknown = replace(caller, name="unknown user", user="lockstep-unknown")
        wanted = fault(world.api, operation, "unauthenticated").status
        for principal in (None, wrong, unknown) if _has_user(world, caller) else (None, wrong):
            answer = world.send(operation, request, principal)
            who = principal.name if principal else "no credentials"
            if answer.status != wanted:
                title = f"a call with {who} is not refused"
                yield self.broken(world, [answer], title, expected=str(wanted), actual=str(answer))
            # RFC 9110, section 15.5.2: a 401 must carry a challenge.
            elif (
                wanted == 401
                and challenged(world.api, operation)
                and answer.call.response.header("WWW-Authenticate") is None
            ):
                title = "a 401 carries no challenge"
                yield self.broken(world, [answer], title, actual=str(answer))


def _has_user(world: World, principal: Principal) -> bool:
    """Whether the principal's scheme carries a name beside the secret."""
    scheme = world.api.security_schemes.get(principal.scheme)
    return scheme is not None and scheme.scheme.lower() in ("basic", "digest")


class TenantsApart(_Secured):
    """What belongs to one tenant is refused to another, and does not stand in their lists."""

    id: ClassVar[str] = "tenants-apart"
    says: ClassVar[str] = "Another tenant's credentials reach nothing of this one."
    wfc: ClassVar[int | None] = 306
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-auth.owned",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Secured operations on what a tenant owns, or on what lies in it."""
        owned = {auth.owned for auth in kinds.api.behaviours.auth.values() if auth.owned}
        for kind in kinds:
            line = {kind.name, *kinds.line(kind.name)}
            for operation in kind.operations if line & owned else ():
                above = use_of(operation).parameters.values()
                if closed(operation) and (set(above) & owned or use_of(operation).role == "list"):
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call on the first principal's thing as somebody of another tenant."""
        caller = self._caller(world, operation)
        stranger = next(
            (each for each in world.target.principals if each.tenant != caller.tenant), None
        )
        if stranger is None:
            raise Unreachable("all principals are of one tenant")
        if not use_of(operation).parameters:
            yield from self._listed(world, operation, stranger)
            return
        _, request = self._request(world, operation)
        answer = world.send(operation, request, stranger)
        wanted = fault(world.api, operation, "wrong-tenant")
        if answer.status not in wanted.statuses:
            title, status = "another tenant's credentials are not refused", str(wanted.status)
            yield self.broken(world, [answer], title, expected=status, actual=str(answer))

    def _listed(self, world: World, operation: Operation, stranger: Principal) -> Iterator[Finding]:
        kind = world.kinds[use_of(operation).resource]
        thing = world.make(kind.name)
        names = [name for name in world.bodies.naming(kind) if name in thing.fields]
        filters = [each for each in operation.parameters if each.behaviours.filter]
        query = {each.name: thing.fields[names[0]] for each in filters[:1]} if names else {}
        answer = world.call(operation, principal=stranger, query=query)
        if thing.key in (str(each.get(kind.resource.key)) for each in world.items(answer)):
            title = "a list shows what belongs to another tenant"
            yield self.broken(
                world, [answer], title, expected=f"no {thing.key}", actual=str(answer)
            )


class NoReplay(_Secured):
    """A Digest nonce count that was used is refused when it comes again."""

    id: ClassVar[str] = "no-replay"
    says: ClassVar[str] = "A used nonce count does not authenticate a second time."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-auth",)

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """One read or list under Digest: the rule is the server's, not the operation's."""
        for operation in super().subjects(kinds):
            schemes = [
                kinds.api.security_schemes[name]
                for each in operation.security
                for name in each.schemes
                if name in kinds.api.security_schemes and name in kinds.api.behaviours.auth
            ]
            digest = any(each.scheme.lower() == "digest" for each in schemes)
            if digest and use_of(operation).role in ("read", "list"):
                yield operation
                return

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Answer a challenge by hand and send the same answer twice."""
        caller = self._caller(world, operation)
        _, request = self._request(world, operation)
        first = world.send(operation, request, None)
        challenge = offered(first.call.response)
        if challenge is None or "qop" not in challenge.parameters:
            raise Unreachable("the challenge has no qop, so no count is kept")
        proof = authorization(challenge, request, caller.user, caller.secret, count=1)
        signed = replace(request, headers=(*request.headers, ("Authorization", proof)))
        answers: list[Answer] = [world.send(operation, signed, None) for _ in range(2)]
        if not answers[0].success:
            raise Unreachable(f"{operation.name} answered {answers[0]}")
        if answers[1].success:
            title = "a used nonce count authenticates again"
            yield self.broken(world, answers, title, expected="401", actual=str(answers[1]))
