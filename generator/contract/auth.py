"""The auth part: credentials that prove nothing, roles that do not suffice, the order of refusals.

In come a session, out come events. Laws say that nobody and strangers are refused; here each
operation is called by those who lack a role, and one is called with credentials that are malformed,
made for another request, made up, or expired. An open target is not judged.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from generator.api.exchange import Principal, Request
from generator.api.model import Operation
from generator.contract.calling.callers import challenged, closed
from generator.contract.calling.connection import NoAnswer
from generator.contract.calling.credentials import authorization, offered
from generator.contract.drawing.arguments import Arguments
from generator.contract.drawing.malformed import malformed
from generator.contract.events import Event, NotJudged
from generator.contract.judging.answer import Answer, shown
from generator.contract.judging.error_codes import error_code
from generator.contract.judging.refusals import declared, listed, statuses
from generator.contract.lockstep.ways import described
from generator.contract.pointer import MISSING
from generator.contract.session import Session
from generator.contract.smoke import subject
from generator.contract.world import Unreachable, World
from generator.report import Finding
from generator.wire import Challenge

PART = "auth"
_LONGEST_LIFE = 3
"""Seconds that a nonce may live for the run to wait for its end."""
_WRONG_SECRET = "lockstep-wrong"


def auth_part(session: Session) -> Iterator[Event]:
    """Call with credentials that do not suffice."""
    if not session.target.principals:
        yield NotJudged(PART, "auth", "", "the run has no credentials")
        return
    lacks = session.client.admission.lacks
    mine = filter(session.mine, session.api.operations)
    secured = [each for each in mine if closed(each) and not lacks(each)]
    for operation in secured:
        yield from _checked(session, operation, _operation(session.world, operation))
    for operation in secured:
        use = operation.behaviours.resource
        if use is not None and use.role in ("read", "list"):
            yield from _checked(session, operation, _garbled(session.world, operation))
            yield from _checked(session, operation, _forged(session.world, operation))
            yield from _checked(session, operation, _expired(session.world, operation))
            return


def _checked(session: Session, operation: Operation, found: Iterator[Finding]) -> Iterator[Event]:
    if session.late:
        yield NotJudged(PART, "auth", operation.name, "the time was over")
        return
    try:
        yield from session.found(found)
    except (Unreachable, NoAnswer) as reason:
        yield NotJudged(PART, "auth", operation.name, str(reason))


def _operation(world: World, operation: Operation) -> Iterator[Finding]:
    yield from _nowhere(world, operation)
    yield from _lesser(world, operation)


def _nowhere(world: World, operation: Operation) -> Iterator[Finding]:
    """Who proves nothing does not learn whether something is there."""
    keys = [each for each in operation.parameters if each.location == "path"]
    if not keys:
        return
    unknown = Arguments(path={each.name: world.draw.fresh(each.schema) for each in keys})
    body = described(world, operation, subject(world, operation), 0).body
    request = world.request(operation, None, arguments=unknown, body=body)
    answer = Answer(operation, world.client.send(operation.name, request, None))
    wanted = statuses(world.api, operation, "unauthenticated")
    if wanted and answer.status not in _unproven(world, operation):
        title = "without credentials it tells that something is not there"
        yield _finding(world, "auth-first", answer, title, listed(wanted))


def _lesser(world: World, operation: Operation) -> Iterator[Finding]:
    """A principal without the roles is refused, on what their own tenant has too."""
    access = operation.behaviours.access
    if access is None or not access.roles or access.creating is not None or access.owner:
        return
    caller = world.principal_for(operation)
    lesser = [
        each
        for each in world.target.principals
        if caller and each.tenant == caller.tenant and not world.may(each, access.roles)
    ]
    wanted = declared(world.api, operation, "lesser-role")
    allowed = wanted.statuses if wanted else frozenset({403})
    for principal in lesser:
        thing = subject(world, operation)
        body = described(world, operation, thing, 0).body
        answer = world.call(operation, thing, principal=principal, body=body)
        code = error_code(world.api, answer.call.response)
        if answer.status not in allowed:
            title = "a caller without the role is not refused as declared"
            yield _finding(world, "auth-role", answer, title, listed(allowed))
        elif wanted and wanted.code and code not in (MISSING, wanted.code):
            title = "a caller without the role gets another error code"
            yield _finding(world, "auth-role", answer, title, wanted.code)


def _garbled(world: World, operation: Operation) -> Iterator[Finding]:
    """Credentials that are none are refused, with a challenge, and break nothing."""
    request, caller = _plain(world, operation), world.principal_for(operation)
    scheme = world.api.security_schemes.get(caller.scheme) if caller else None
    for what, credentials in malformed(scheme, caller.secret if caller else ""):
        signed = credentials.signed(request)
        answer = Answer(operation, world.client.send(operation.name, signed, None))
        yield from _refused(world, answer, f"credentials that are malformed ({what})")


def _forged(world: World, operation: Operation) -> Iterator[Finding]:
    """Digest proofs that were made for something else (RFC 7616, section 3.4.6)."""
    caller = world.principal_for(operation)
    request = _plain(world, operation)
    first = world.client.send(operation.name, request, None)
    challenge = offered(first.response)
    if caller is None or challenge is None:
        return
    other = replace(request, target=f"{request.target}/lockstep")
    posted = replace(request, method="POST")
    made_up = replace(challenge, parameters={**challenge.parameters, "nonce": "lockstep"})
    forged = {
        "for another address": _proof(challenge, other, caller),
        "for another method": _proof(challenge, posted, caller),
        "for a nonce that was made up": _proof(made_up, request, caller),
    }
    for what, proof in forged.items():
        yield from _refused(world, _proven(world, operation, proof), f"a proof {what}")
    wrong = _proof(challenge, request, replace(caller, secret=_WRONG_SECRET))
    answer = _proven(world, operation, wrong)
    if _stale(answer):
        # RFC 7616, section 3.3: then the client would try the same secret for ever.
        title = "a proof by a wrong secret: it is told that the nonce is stale"
        yield _finding(world, "auth-proof", answer, title, "no stale=true")


def _expired(world: World, operation: Operation) -> Iterator[Finding]:
    """A nonce whose time is over is refused as stale, and the next one serves (section 3.3)."""
    caller, request = world.principal_for(operation), _plain(world, operation)
    auth = world.api.behaviours.auth.get(caller.scheme) if caller else None
    if caller is None or auth is None or auth.nonce_seconds > _LONGEST_LIFE:
        return
    challenge = offered(world.client.send(operation.name, request, None).response)
    if challenge is None:
        return
    time.sleep(auth.nonce_seconds + 1)
    answer = _proven(world, operation, _proof(challenge, request, caller))
    yield from _refused(world, answer, "a proof for a nonce that has expired")
    following = offered(answer.call.response)
    if answer.status != 401 or following is None:
        return
    if not _stale(answer):
        title = "a proof for a nonce that has expired: not told that it is stale"
        yield _finding(world, "auth-proof", answer, title, "stale=true")
    again = _proven(world, operation, _proof(following, request, caller))
    if not again.success:
        title = "a proof for the nonce that followed a stale one: refused"
        yield _finding(world, "auth-proof", again, title, "2xx")


def _stale(answer: Answer) -> bool:
    challenge = offered(answer.call.response)
    return challenge is not None and challenge.parameters.get("stale", "").lower() == "true"


def _proven(world: World, operation: Operation, proof: str) -> Answer:
    """The answer to a call with this Authorization."""
    signed = _signed(_plain(world, operation), proof)
    return Answer(operation, world.client.send(operation.name, signed, None))


def _proof(challenge: Challenge, request: Request, caller: Principal) -> str:
    return authorization(challenge, request, caller.user, caller.secret, count=1)


def _refused(world: World, answer: Answer, what: str) -> Iterator[Finding]:
    wanted = _unproven(world, answer.operation)
    # RFC 7235 leaves 400 to a server that cannot read the field.
    if answer.status not in wanted | {400}:
        title = f"{what}: not refused"
        yield _finding(world, "auth-proof", answer, title, listed(wanted))
    elif (
        answer.status == 401
        and challenged(world.api, answer.operation)
        and answer.call.response.header("WWW-Authenticate") is None
    ):
        yield _finding(world, "auth-proof", answer, f"{what}: no challenge", "WWW-Authenticate")


def _unproven(world: World, operation: Operation) -> frozenset[int]:
    fault = declared(world.api, operation, "unauthenticated")
    return frozenset({fault.status if fault else 401})


def _plain(world: World, operation: Operation) -> Request:
    thing = subject(world, operation)
    return world.request(operation, thing)


def _signed(request: Request, value: str) -> Request:
    return replace(request, headers=(*request.headers, ("Authorization", value)))


def _finding(world: World, rule: str, answer: Answer, title: str, expected: str) -> Finding:
    return Finding(
        part=PART,
        rule=rule,
        operation=answer.operation.name,
        title=title,
        message="Credentials that do not suffice are refused as declared, before anything else.",
        where=answer.operation.where,
        calls=(world.client.redacted(answer.call),),
        expected=expected,
        actual=shown(str(answer)),
    )
