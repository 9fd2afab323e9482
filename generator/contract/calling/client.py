"""The HTTP client of the laws: one keep-alive connection, every call recorded.

In come requests as they shall stand on the wire, out come answers as they stood there. The
handshake of an authentication scheme is not recorded as a call of its own. A call without an answer
is `NoAnswer`, and told; a target that never answers, or no more, is `Down`. Nothing is retried but
that handshake.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from generator.api.exchange import CallRecord, Principal, Request, Response
from generator.api.model import Api, SecurityScheme
from generator.contract.calling.admission import Admission
from generator.contract.calling.callers import callers, together
from generator.contract.calling.connection import Connection, FixedHeader, NoAnswer, Unsendable
from generator.contract.calling.credentials import (
    Credentials,
    Fixed,
    Several,
    credentials_for,
    exchanged,
    token_path,
)
from generator.contract.calling.interrupts import PutOff
from generator.contract.calling.pace import Pace
from generator.contract.calling.target import Target
from generator.report import REDACTED, Caller, CurlAuth, curl, redact, spellings

MADE_UP = frozenset({"lockstep-wrong"})
"""Secrets that are nobody's, and may be shown."""
MOST_SILENT = 10
"""How many calls in a row get no answer until the target is down."""


class Down(Exception):
    """The target gives no answers at all, or none any more; the text says why."""


@dataclass(frozen=True, slots=True)
class Due:
    """A call that is to be made: of which operation, as whom."""

    operation: str
    request: Request
    principal: Principal | None = None


class Client:
    """Sends, authenticates, records."""

    def __init__(
        self,
        api: Api,
        target: Target,
        listen: Callable[[CallRecord], None],
        pace: Pace | None = None,
        silent: Callable[[CallRecord, str], None] = lambda call, reason: None,
    ) -> None:
        self._pace = pace or Pace()
        self.part = ""
        self._answered = False
        self._silent_calls = 0
        self._tell_silent = silent
        self._api = api
        self._target = target
        self.admission = Admission(api, target.principals)
        self._listen = listen
        self._operations = {each.name: each for each in api.operations}
        self._proofs: dict[tuple[str, Principal], Credentials] = {}
        self._credentials: dict[tuple[Principal, ...], Credentials] = {}
        self._key_headers = [
            scheme.parameter
            for scheme in api.security_schemes.values()
            if scheme.kind == "apiKey" and scheme.location == "header"
        ]
        self._secret_members = _secret_members(api)
        self.secrets = [
            shape for each in target.principals for shape in spellings(each.secret, each.user)
        ]
        fixed = (secret for each in target.route.headers for secret in each.secrets)
        self.secrets += [shape for secret in fixed for shape in spellings(secret)]
        self._put_off = PutOff()
        self._one_at_a_time = threading.Lock()
        self._connection = Connection(target.origin, target.route)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def send(
        self, operation: str, request: Request, principal: Principal | None = None
    ) -> CallRecord:
        """Make a call as somebody, or as nobody, and record it."""
        with self._put_off:
            return self._recorded(operation, request, principal)

    def at_once(self, calls: Sequence[Due]) -> list[CallRecord]:
        """Make calls at the same time, each on a connection of its own, and record them."""
        records: list[CallRecord] = []
        with ThreadPoolExecutor(len(calls), thread_name_prefix="lockstep-at-once") as threads:
            under_way = [threads.submit(self._alone, due) for due in calls]
            try:
                wait(under_way)
            finally:
                # Also when Ctrl-C comes: what was made must be known.
                records = [each.result() for each in under_way if each.exception() is None]
                records = [replace(each, beside=place > 0) for place, each in enumerate(records)]
                for record in records:
                    self._listen(self.redacted(record))
        for due, each in zip(calls, under_way, strict=True):
            if isinstance(error := each.exception(), NoAnswer):
                raise self._unanswered(due, error)
            each.result()
        return records

    def _alone(self, due: Due) -> CallRecord:
        # With credentials of their own: counts of one nonce that arrive in another order than they
        # were given may be refused.
        who = self.callers_of(due.operation, due.principal) if due.principal else ()
        credentials = self._made(who)
        connection = Connection(self._target.origin, self._target.route)
        began = time.perf_counter()
        try:
            sent, response = exchanged(credentials, due.request, connection.exchange)
        finally:
            connection.close()
        name, seconds = due.principal.name if due.principal else "", time.perf_counter() - began
        sent = replace(sent, target=due.request.target)
        return CallRecord(due.operation, name, sent, response, seconds, self.part)

    def _recorded(
        self, operation: str, request: Request, principal: Principal | None
    ) -> CallRecord:
        credentials = self._of(operation, principal) if principal else Fixed()
        began = time.perf_counter()
        try:
            sent, response = exchanged(credentials, request, self._patiently)
        except NoAnswer as error:
            raise self._unanswered(Due(operation, request, principal), error) from error
        self._answered, self._silent_calls = True, 0
        # A key in the query is a credential, like those in headers: the record is without it.
        if sent.target != request.target:
            sent = replace(sent, target=request.target)
        name = principal.name if principal else ""
        seconds = time.perf_counter() - began
        record = CallRecord(operation, name, sent, response, seconds, self.part)
        self._listen(self.redacted(record))
        return record

    def _unanswered(self, due: Due, error: NoAnswer) -> NoAnswer | Down:
        """Tell a call that got no answer; what to raise for it."""
        if isinstance(error, Unsendable):
            return error
        self._silent_calls += 1
        if not self._answered or self._silent_calls >= MOST_SILENT:
            return Down(str(error))
        name = due.principal.name if due.principal else ""
        record = CallRecord(due.operation, name, due.request, Response(0), 0.0, self.part)
        self._tell_silent(self.redacted(record), str(error))
        return error

    def signed(self, operation: str, request: Request, principal: Principal) -> Request:
        """The request with what proves a principal, for others to send."""
        credentials = self._of(operation, principal)
        asked = credentials.asks()
        if asked is not None:
            credentials.learn(self._patiently(asked))
        return credentials.signed(request)

    def callers_of(self, operation: str, principal: Principal) -> tuple[Principal, ...]:
        """Whose credentials a call as a principal carries: of each scheme that is asked for one."""
        found = self._operations.get(operation)
        return together(self._api, found, principal, self._target.principals)

    def callers(self) -> Iterator[Caller]:
        """The principals as a record names them, without their secrets."""
        for each in self._target.principals:
            auth = self._curl_auth(each)
            if auth is not None:
                header = auth.header.removeprefix(self._target.origin)
                yield Caller(each.name, auth.kind, each.user, header, auth.variable, auth.location)

    def redacted(self, record: CallRecord) -> CallRecord:
        """The record as it may be kept."""
        return redact(record, self.secrets, self._key_headers, self._secret_members)

    def curl(self, record: CallRecord, variables: Mapping[str, str] | None = None) -> str:
        """A line that repeats the call; `variables` names shell variables by their values."""
        auth = map(self._curl_auth, self._named(record))
        request = record.request
        return curl(
            request,
            self._target.origin,
            *filter(None, auth),
            fixed=[f"{each.name}: {each.told}" for each in self._fixed(request)],
            variables=variables,
        )

    def _fixed(self, request: Request) -> tuple[FixedHeader, ...]:
        told = tuple(each for each in request.headers if REDACTED not in each[1])
        return self._target.route.headers_beside(told)

    def _named(self, record: CallRecord) -> tuple[Principal, ...]:
        """Who made a call, by the name in its record."""
        known = dict.fromkeys(
            (*self._target.principals, *(each for found in self._credentials for each in found))
        )
        named = [each for each in known if each.name == record.principal]
        operation = self._operations.get(record.operation)
        able = callers(self._api, operation, named) if operation else named
        return self.callers_of(record.operation, able[0]) if able else ()

    def _of(self, operation: str, principal: Principal) -> Credentials:
        if (operation, principal) not in self._proofs:
            who = self.callers_of(operation, principal)
            self._credentials.setdefault(who, self._made(who))
            self._proofs[operation, principal] = self._credentials[who]
        return self._proofs[operation, principal]

    def _made(self, principals: tuple[Principal, ...]) -> Credentials:
        schemes = self._api.security_schemes
        made = tuple(credentials_for(each, schemes.get(each.scheme)) for each in principals)
        return made[0] if len(made) == 1 else Several(made)

    def _curl_auth(self, principal: Principal) -> CurlAuth | None:
        scheme = self._api.security_schemes.get(principal.scheme)
        if scheme is None:
            return None
        token = token_path(principal, scheme)
        return CurlAuth(
            kind=_kind(scheme, token),
            user=principal.user,
            variable=self._target.variables.get(principal.name, "LOCKSTEP_SECRET"),
            made_up=principal.secret if principal.secret in MADE_UP else "",
            header=(
                f"{self._target.origin}{token}" if token else scheme.parameter or "Authorization"
            ),
            location=scheme.location or "header",
        )

    def _patiently(self, request: Request) -> Response:
        """The answer; one that asks for a pause is waited for."""
        attempt = 0
        while True:
            if (pause := self._pace.due()) > 0:
                with self._put_off.lifted():
                    time.sleep(pause)
            with self._one_at_a_time:
                response = self._connection.exchange(request)
            if not self._pace.slowed(response, attempt):
                return response
            attempt += 1


def _kind(scheme: SecurityScheme, token: str) -> str:
    """What a curl line and a record call a scheme."""
    if scheme.kind == "apiKey":
        return "key"
    if scheme.kind == "http":
        return scheme.scheme.lower()
    return "oauth2" if token else "bearer"


def _secret_members(api: Api) -> list[str]:
    """The names of properties that hold secrets which the server gives out."""
    return sorted(
        {
            name
            for schema in api.schemas.values()
            for name, place in schema.properties.items()
            if api.schemas[place].opaque == "secret"
        }
    )
