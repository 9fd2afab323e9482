"""A recorded run made again, as fast as a connection carries it.

In come a record, where to send it and the secrets by caller; out come findings: where status, media
type or the members of an answer are others than then. What a server chose then stands in later
calls: it is replaced by what it chooses now. Calls that cannot be made again without a secret that
nobody has are left out and counted.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

from generator.api.exchange import CallRecord, Principal, Request, Response
from generator.api.model import SecurityScheme
from generator.contract.calling.client import MOST_SILENT
from generator.contract.calling.connection import Connection, NoAnswer, Route
from generator.contract.calling.credentials import Credentials, Fixed, credentials_for, exchanged
from generator.contract.drawing.draw import fresh_mark
from generator.contract.judging.answer import parsed
from generator.contract.pointer import is_array, is_object
from generator.contract.rules import RULES
from generator.diagnostics import Where
from generator.report import REDACTED, Caller, Finding, Outcome, PartResult, Record, Report, tally
from generator.wire import MediaType

_CHOSEN = 8
_WORD = re.compile(r'[^/?&="\s]+')
_HIDDEN = frozenset({"authorization", "host", "content-length", "connection"})


@dataclass(slots=True)
class _Replay:
    """One replay: the connection, who may call, its mark then and now, what was chosen.

    `silent` is how many calls in a row got no answer.
    """

    target: str
    credentials: Mapping[str, Credentials]
    then: str
    now: str
    route: Route | None = None
    chosen: dict[str, str] = field(default_factory=dict[str, str])
    answered: bool = False
    silent: int = 0
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = Connection(self.target, self.route)


def replay(
    record: Record, url: str, secret_of: Mapping[str, str], route: Route | None = None
) -> Report:
    """Make the recorded calls again; the report of what differs."""
    began, findings = time.monotonic(), dict[str, Finding]()
    credentials = {
        each.name: _credentials(each, secret_of[each.name])
        for each in record.callers
        if each.name in secret_of
    }
    run = _Replay(url, credentials, record.run, fresh_mark(), route)
    made: list[CallRecord] = []
    left = 0
    for call in _in_order(record.calls):
        if not _repeatable(run, call):
            left += 1
            continue
        again = _tried(run, call)
        for found in _differences(call, again):
            findings.setdefault(found.id, found)
        if isinstance(again, CallRecord):
            made.append(again)
            _learn(run, call.response, again.response)
    run.connection.close()
    return _report(record, url, made, tuple(findings.values()), left, time.monotonic() - began)


def _in_order(calls: Sequence[CallRecord]) -> Iterator[CallRecord]:
    """The calls in an order that explains their answers: of those at once what succeeded first."""
    starts = [place for place, each in enumerate(calls) if not (each.beside and place)]
    for start, end in pairwise([*starts, len(calls)]):
        yield from sorted(calls[start:end], key=lambda each: each.response.status >= 300)


def _repeatable(run: _Replay, call: CallRecord) -> bool:
    request = call.request
    hidden = REDACTED in request.target or REDACTED.encode() in request.body
    signed = any(REDACTED in value for _, value in request.headers)
    return not hidden and (not signed or call.principal in run.credentials)


def _tried(run: _Replay, call: CallRecord) -> CallRecord | NoAnswer:
    """The call made again, or why it got no answer; a target that is down ends the replay."""
    try:
        again = _made(run, call)
    except NoAnswer as error:
        run.silent += 1
        if not run.answered or run.silent == MOST_SILENT:
            raise
        return error
    run.answered, run.silent = True, 0
    return again


def _made(run: _Replay, call: CallRecord) -> CallRecord:
    credentials = run.credentials.get(call.principal, Fixed())
    request = _renewed(run, call.request)
    _, response = exchanged(credentials, request, run.connection.exchange)
    return replace(call, request=request, response=response, part="replay")


def _renewed(run: _Replay, request: Request) -> Request:
    kept = tuple(
        (name, run.chosen.get(value, value))
        for name, value in request.headers
        if name.lower() not in _HIDDEN and REDACTED not in value
    )
    try:
        body = _current(run, request.body.decode()).encode()
    except UnicodeDecodeError:
        body = request.body
    return Request(request.method, _current(run, request.target), kept, body)


def _current(run: _Replay, text: str) -> str:
    """The text with this run's mark, and with what the server chose this time."""
    return _WORD.sub(lambda found: run.chosen.get(found[0], found[0]), _marked(run, text))


def _marked(run: _Replay, text: str) -> str:
    """The text with this run's mark, in the other case too: filters are tried with it."""
    if not run.then:
        return text
    marked = text.replace(run.then, run.now)
    return marked.replace(run.then.swapcase(), run.now.swapcase())


def _learn(run: _Replay, then: Response, now: Response) -> None:
    tags = then.header("ETag"), now.header("ETag")
    if tags[0] and tags[1]:
        run.chosen.setdefault(tags[0], tags[1])
    if then.status == now.status and then.status < 300 and then.body != now.body:
        for old, new in _pairs(parsed(then), parsed(now)):
            old = _marked(run, old)
            if old != new and len(old) >= _CHOSEN and not old.startswith("http"):
                run.chosen.setdefault(old, new)
                # The same in a path or a query.
                run.chosen.setdefault(quote(old, safe=""), quote(new, safe=""))


def _pairs(then: object, now: object) -> Iterator[tuple[str, str]]:
    if isinstance(then, str) and isinstance(now, str):
        yield then, now
    elif is_object(then) and is_object(now):
        for name, member in then.items():
            yield from _pairs(member, now.get(name))


def _differences(then: CallRecord, now: CallRecord | NoAnswer) -> Iterator[Finding]:
    if isinstance(now, NoAnswer):
        told = str(then.response.status), str(now)
        yield _finding(then, then, "there is no answer that can be read", *told)
        return
    old, new = then.response, now.response
    if old.status != new.status:
        yield _finding(then, now, "the status is not what it was", str(old.status), str(new.status))
        return
    kinds = _media_type(old), _media_type(new)
    if kinds[0] == kinds[1] and old.body == new.body:
        return
    if kinds[0] != kinds[1]:
        yield _finding(then, now, "the media type is not what it was", *kinds)
    elif (shapes := (_shape(parsed(old)), _shape(parsed(new))))[0] != shapes[1]:
        names = [json.dumps(each) for each in shapes]
        yield _finding(then, now, "the members are not what they were", names[0], names[1])


def _shape(value: object) -> object:
    """The names of members, and no values; an array is an array, whatever is in it."""
    if is_object(value):
        return {name: _shape(member) for name, member in sorted(value.items())}
    return "array" if is_array(value) else "value"


def _media_type(response: Response) -> str:
    return _essence(response.header("Content-Type") or "")


@lru_cache(256)
def _essence(content_type: str) -> str:
    found = MediaType.parse(content_type)
    return found.essence if found else ""


def _credentials(caller: Caller, secret: str) -> Credentials:
    """Credentials of the recorded kind: key, client credentials, or an HTTP scheme."""
    kind = {"key": "apiKey", "oauth2": "oauth2"}.get(caller.kind, "http")
    scheme = SecurityScheme(
        where=Where("record"),
        name=caller.kind,
        kind=kind,
        scheme=caller.kind,
        location=caller.location,
        parameter=caller.header,
        flows={"clientCredentials": {"tokenUrl": caller.header}} if kind == "oauth2" else {},
        description="",
    )
    return credentials_for(Principal(caller.name, "", caller.user, secret), scheme)


def _finding(then: CallRecord, now: CallRecord, title: str, expected: str, actual: str) -> Finding:
    return Finding(
        part="replay",
        rule="replay",
        operation=then.operation,
        title=f"{title} ({then.response.status}, {then.part})",
        message=f"{now.request.method} {now.request.target}",
        calls=(now,),
        expected=expected,
        actual=actual,
    )


def _report(
    record: Record,
    url: str,
    made: list[CallRecord],
    findings: tuple[Finding, ...],
    left: int,
    seconds: float,
) -> Report:
    names = {call.operation: call.operation for call in record.calls}
    notes = (f"{left} calls need a secret that was not recorded or cannot be made",) if left else ()
    outcomes: tuple[Outcome, ...] = tally(names, made, findings)
    part = PartResult(
        part="replay", calls=len(made), findings=len(findings), seconds=seconds, notes=notes
    )
    return Report(
        title=record.title,
        target=url,
        seed=0,
        seconds=seconds,
        findings=findings,
        outcomes=outcomes,
        parts=(part,),
        rules=RULES,
    )
