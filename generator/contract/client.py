"""The HTTP client of the laws: one keep-alive connection, every call recorded.

In come requests as they shall stand on the wire, out come answers as they stood there. The
handshake of an authentication scheme is not recorded as a call of its own. A target that gives no
answer is `NoAnswer`; nothing is retried but that handshake.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from types import TracebackType
from typing import Self

from generator.api.exchange import CallRecord, Principal, Request, Response
from generator.api.model import Api
from generator.contract.connection import Connection
from generator.contract.credentials import Credentials, Fixed, credentials_for
from generator.contract.pace import Pace
from generator.contract.target import Target
from generator.report import Caller, CurlAuth, curl, redact

_SECONDS = 30.0


class Client:
    """Sends, authenticates, records."""

    def __init__(
        self,
        api: Api,
        target: Target,
        listen: Callable[[CallRecord], None],
        pace: Pace | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self.part = ""
        self.answered = False
        self._api = api
        self._target = target
        self._listen = listen
        self._credentials: dict[Principal, Credentials] = {}
        self._key_headers = [
            scheme.parameter
            for scheme in api.security_schemes.values()
            if scheme.kind == "apiKey" and scheme.location == "header"
        ]
        self._secret_members = _secret_members(api)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lockstep-call")
        self._connection = Connection(target.origin)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown()
        self._connection.close()

    def send(
        self, operation: str, request: Request, principal: Principal | None = None
    ) -> CallRecord:
        """Make a call as somebody, or as nobody, and record it."""
        # A call under way is finished and recorded even when Ctrl-C comes: what it made would be
        # unknown otherwise, and stay. So it is made on a thread that no signal interrupts.
        under_way = self._thread.submit(self._recorded, operation, request, principal)
        try:
            return under_way.result()
        except KeyboardInterrupt:
            wait((under_way,), timeout=_SECONDS)
            raise

    def _recorded(
        self, operation: str, request: Request, principal: Principal | None
    ) -> CallRecord:
        credentials = self._of(principal) if principal else Fixed()
        began = time.perf_counter()
        sent = _with(request, credentials)
        response = self._patiently(sent)
        if credentials.learn(response):
            sent = _with(request, credentials)
            response = self._patiently(sent)
        self.answered = True
        name = principal.name if principal else ""
        seconds = time.perf_counter() - began
        record = CallRecord(operation, name, sent, response, seconds, self.part)
        self._listen(self.redacted(record))
        return record

    def callers(self) -> Iterator[Caller]:
        """The principals as a record names them, without their secrets."""
        for each in self._target.principals:
            auth = self._curl_auth(each.name)
            if auth is not None:
                yield Caller(each.name, auth.kind, each.user, auth.header, auth.variable)

    def redacted(self, record: CallRecord) -> CallRecord:
        """The record as it may be kept."""
        secrets = [each.secret for each in self._target.principals]
        return redact(record, secrets, self._key_headers, self._secret_members)

    def curl(self, record: CallRecord, variables: Mapping[str, str] | None = None) -> str:
        """A line that repeats the call; `variables` names shell variables by their values."""
        auth = self._curl_auth(record.principal)
        return curl(record.request, self._target.origin, auth, variables)

    def _of(self, principal: Principal) -> Credentials:
        if principal not in self._credentials:
            scheme = self._api.security_schemes.get(principal.scheme)
            self._credentials[principal] = credentials_for(principal, scheme)
        return self._credentials[principal]

    def _curl_auth(self, name: str) -> CurlAuth | None:
        principal = next((each for each in self._target.principals if each.name == name), None)
        scheme = self._api.security_schemes.get(principal.scheme) if principal else None
        if principal is None or scheme is None:
            return None
        kind = scheme.scheme.lower() if scheme.kind == "http" else "key"
        return CurlAuth(
            kind="bearer" if scheme.kind in ("oauth2", "openIdConnect") else kind,
            user=principal.user,
            variable=self._target.variables.get(name, "LOCKSTEP_SECRET"),
            header=scheme.parameter or "Authorization",
        )

    def _patiently(self, request: Request) -> Response:
        """The answer; one that asks for a pause is waited for."""
        self._pace.wait()
        response = self._connection.exchange(request)
        attempt = 0
        while self._pace.asked_to_wait(response, attempt):
            attempt += 1
            response = self._connection.exchange(request)
        return response


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


def _with(request: Request, credentials: Credentials) -> Request:
    headers = request.headers + credentials.headers(request)
    return Request(request.method, request.target, headers, request.body)
