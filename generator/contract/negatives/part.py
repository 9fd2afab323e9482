"""The part itself: each operation on a live thing, one fault a call, its answer judged.

In come a session, out come events. A thing that a wrong call removed is made again. Methods that a
path does not have are tried once a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.api.behaviours import FaultKind
from generator.api.exchange import Principal, Request
from generator.api.families import shape
from generator.api.model import Operation
from generator.contract.calling.connection import NoAnswer
from generator.contract.events import Event, NotJudged
from generator.contract.judging.answer import Answer, shown
from generator.contract.judging.error_codes import error_code
from generator.contract.judging.refusals import declared, listed, says_nothing, statuses
from generator.contract.laws.compare import differences, readable, settled
from generator.contract.laws.read_your_writes import sent
from generator.contract.negatives.bodies import body_cases
from generator.contract.negatives.case import Case
from generator.contract.negatives.requests import request_cases
from generator.contract.negatives.unlike import Unlike, faultless
from generator.contract.pointer import MISSING
from generator.contract.session import Session
from generator.contract.smoke import subject
from generator.contract.world import Unreachable, World
from generator.report import Finding

PART = "negatives"
_REFUSED = "A call with one fault gets the status that is declared for it."
_TAKEN = "What the description allows is not refused as wrong."
_WRONG = frozenset({400, 422})
_MOST_SILENT = 3
"""How many cases of an operation may get no answer until the rest is left."""
_WRITES = frozenset({"create", "update", "replace"})
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def negatives_part(session: Session) -> Iterator[Event]:
    """Send what the description refuses."""
    for operation in filter(session.mine, session.api.operations):
        if session.late:
            yield NotJudged(PART, "negative", operation.name, "the time was over")
            return
        unlike = Unlike(session, operation)
        try:
            yield from session.found(unlike.only(_operation(session, operation)))
        except (Unreachable, NoAnswer) as reason:
            yield NotJudged(PART, "negative", operation.name, str(reason))
        if unlike.left:
            why = f"{unlike.left} cases get what a call without a fault gets, {unlike.status}"
            yield NotJudged(PART, "negative", operation.name, why)
    yield from session.found(_methods(session.world))


def _operation(session: Session, operation: Operation) -> Iterator[Finding]:
    world = session.world
    thing = subject(world, operation)
    request, principal = faultless(world, operation, thing)
    # One after the other: a precondition holds only until the next change.
    cases = chain(
        body_cases(world, operation, thing), request_cases(world, operation, thing, request)
    )
    silent = 0
    for case in cases:
        left_open = bool(case.kinds) and not _expected(world, operation, case)
        if left_open and operation.method == "GET":
            session.conforming.leave_open(case.request)
        elif left_open or (not case.kinds and operation.method == "DELETE"):
            continue
        try:
            yield from _case(world, operation, case, principal)
        except NoAnswer:
            silent += 1
            if silent == _MOST_SILENT:
                raise


def _case(
    world: World, operation: Operation, case: Case, principal: Principal | None
) -> Iterator[Finding]:
    try:
        answer = world.send(operation, case.request, principal)
    except Unreachable:
        # What the wrong path names is not the run's own: a delete may not be risked on it.
        return
    if answer.status == 429:
        return
    if not case.kinds:
        yield from _taken(world, operation, case, answer)
    elif _expected(world, operation, case):
        yield from _refused(world, operation, case, answer)
    elif _fails(operation, answer):
        yield _finding(world, case, answer, "makes the server fail", "no 5xx")


def _refused(world: World, operation: Operation, case: Case, answer: Answer) -> Iterator[Finding]:
    wanted = _expected(world, operation, case)
    code = _code(world, operation, case)
    told = error_code(world.api, answer.call.response)
    if answer.status not in wanted:
        yield _finding(world, case, answer, "is not refused as declared", listed(wanted))
    elif code and told is not MISSING and told != code:
        yield _finding(world, case, answer, "gets another error code", code)


def _taken(world: World, operation: Operation, case: Case, answer: Answer) -> Iterator[Finding]:
    """What is fine may be refused for other reasons, but not as wrong."""
    kinds: tuple[FaultKind, ...] = ("invalid-body", "invalid-query", "not-acceptable")
    refusals = [declared(world.api, operation, kind) for kind in kinds]
    told = error_code(world.api, answer.call.response)
    if answer.status in case.wanted:
        yield _finding(world, case, answer, "yet it is refused", "2xx")
        return
    for fault in refusals:
        if fault and fault.status == answer.status and (not fault.code or fault.code == told):
            yield _finding(world, case, answer, "yet it is refused", "2xx")
            return
    if case.limit and answer.status in _WRONG and says_nothing(world.api):
        yield _finding(world, case, answer, "yet it is refused", "2xx")
    elif _fails(operation, answer):
        yield _finding(world, case, answer, "yet the server fails", "2xx")
    elif case.limit and answer.success and (lost := list(_kept_otherwise(world, answer))):
        yield _finding(
            world, case, answer, "yet it is kept otherwise", ", ".join(lost) + " as sent"
        )


def _kept_otherwise(world: World, answer: Answer) -> Iterator[str]:
    """The fields that a write answers otherwise than they were sent."""
    use, kind = answer.operation.behaviours.resource, world.kinds.of(answer.operation)
    if use is None or kind is None or use.receipt or use.role not in _WRITES:
        return
    told, wanted = world.item(answer), sent(answer)
    # A key may stay what it was, whatever is sent.
    names = settled(world, kind) & readable(world, kind, wanted) - {kind.resource.key}
    yield from differences(wanted, told, names)


def _fails(operation: Operation, answer: Answer) -> bool:
    """Whether a call brought the server into trouble that nobody described."""
    # RFC 9110, sections 15.6.2 and 15.6.4: what it cannot do, or not now, is no failure.
    failed = answer.status >= 500 and answer.status not in (501, 503)
    return failed and operation.response(answer.status) is None


def _methods(world: World) -> Iterator[Finding]:
    """Methods that a path does not have, and HEAD beside GET (RFC 9110, section 9.3.2)."""
    paths: dict[str, list[Operation]] = {}
    for each in world.api.operations:
        paths.setdefault(shape(each.path), []).append(each)
    for operations in paths.values():
        try:
            yield from _path_methods(world, operations)
        except (Unreachable, NoAnswer):
            continue


def _path_methods(world: World, operations: list[Operation]) -> Iterator[Finding]:
    known = {each.method: each for each in operations}
    first = known.get("GET", operations[0])
    request = replace(world.request(first, subject(world, first)), body=b"")
    principal = world.principal_for(first)
    for method in _METHODS:
        declared_too = world.methods.get(shape(first.path), frozenset())
        if (
            method not in known
            and method not in declared_too
            and not _may_be_taken(world, operations, method)
        ):
            case = Case(
                name=f"the method {method}",
                request=replace(request, method=method),
                kinds=("method-not-allowed",),
                where=first.where,
            )
            answer = world.send_as_is(first, case.request, principal)
            yield from _refused(world, first, case, answer)
            if answer.status == 405 and answer.call.response.header("Allow") is None:
                # RFC 9110, section 15.5.6.
                yield _finding(world, case, answer, "gets a 405 without Allow", "Allow")
    yield from _headed(world, known.get("GET"), request, principal)


def _may_be_taken(world: World, operations: list[Operation], method: str) -> bool:
    """Whether a method that is not described could destroy what is not the run's own."""
    return method == "DELETE" and not world.target.disposable and "{" not in operations[0].path


def _headed(
    world: World, get: Operation | None, request: Request, principal: Principal | None
) -> Iterator[Finding]:
    if get is None:
        return
    plain = world.send_as_is(get, request, principal)
    asked = replace(request, method="HEAD")
    answer = world.send_as_is(get, asked, principal)
    if answer.status not in (404, 405, 501, plain.status):
        case = Case(name="the method HEAD", request=asked, where=get.where)
        yield _finding(world, case, answer, "answers otherwise than GET", str(plain.status))
    options = replace(request, method="OPTIONS")
    answer = world.send_as_is(get, options, principal)
    if answer.status >= 500:
        case = Case(name="the method OPTIONS", request=options, where=get.where)
        yield _finding(world, case, answer, "makes the server fail", "no 5xx")


def _expected(world: World, operation: Operation, case: Case) -> frozenset[int]:
    if case.wanted:
        return case.wanted
    found = [statuses(world.api, operation, kind) for kind in case.kinds]
    return frozenset[int]().union(*found) if all(found) else frozenset()


def _code(world: World, operation: Operation, case: Case) -> str:
    if len(case.kinds) != 1 or case.wanted:
        return ""
    fault = declared(world.api, operation, case.kinds[0])
    return fault.code if fault else ""


def _finding(world: World, case: Case, answer: Answer, what: str, expected: str) -> Finding:
    keyword = f" It breaks {case.keyword}." if case.keyword else ""
    return Finding(
        part=PART,
        rule="negative" if case.kinds else "boundary",
        operation=answer.operation.name,
        title=f"{case.name} {what}",
        message=f"{_REFUSED if case.kinds else _TAKEN}{keyword}",
        where=case.where or answer.operation.where,
        calls=(world.client.redacted(answer.call),),
        expected=expected,
        actual=shown(str(answer)),
    )
