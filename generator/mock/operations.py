"""One operation, compiled: the checks that a call passes in their order, the handler, the reply.

The order decides which of several faults is told: representation, caller, role, tenant, media
type, path, query, body, confirmation (before the role where that is declared); only then is the
state looked at. So a caller without credentials never learns whether something exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import generator.mock.roles as roles
from generator.api.behaviours import Confirm, FaultKind
from generator.api.exchange import Determined, Request, Response
from generator.api.model import Operation
from generator.api.texts import decoded
from generator.mock.admitting.access import (
    Scheme,
    challenges,
    check_credentials,
    check_roles,
    check_tenant,
)
from generator.mock.answering.declared import preferred, teller
from generator.mock.answering.determined import UNDECIDED, UNSURE, determined
from generator.mock.answering.faults import Faults
from generator.mock.answering.replies import replier
from generator.mock.answering.unmodelled import answer_shown, rendered, sound
from generator.mock.blueprint import Blueprint, success
from generator.mock.calls import Call, Check, Failed, Guarded, Handler, Refused, Unauthenticated
from generator.mock.reading.bodies import check_body
from generator.mock.reading.negotiation import check_accept, check_content_type
from generator.mock.reading.parameters import check_headers, check_path, check_query
from generator.mock.reading.routes import parameter_names
from generator.mock.state import State
from generator.mock.steps import Step

Compile = Callable[[Blueprint, Operation], Check | None]


class CompiledOperation:
    """An operation that can be called."""

    def __init__(
        self, blueprint: Blueprint, operation: Operation, schemes: Mapping[str, Scheme]
    ) -> None:
        self.operation = operation
        self.names = parameter_names(operation.path)
        self._schemes = schemes
        self._faults = Faults(blueprint, operation)
        self._checks = checks(blueprint, operation, schemes)
        self._blueprint = blueprint
        self._handle = handler(blueprint, operation)
        self._reply = replier(blueprint, operation)
        self._tell = teller(blueprint, operation)
        found = success(operation)
        self._success = found[0] if found is not None else 200
        self._determined = determined(blueprint, operation)

    def step(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> Step:
        """The answer to a call of this operation, with the undecoded values of its path."""
        if "prefer" in headers:
            asked = preferred(headers, self._tell, self._success)
            if asked is not None:
                return state, asked, UNDECIDED
        call = Call(state, request, headers)
        accept = headers.get("accept")
        try:
            for name, value in zip(self.names, values, strict=True):
                call.path[name] = _path_value(name, value)
            for check in self._checks:
                check(call)
            answer = self._handle(call)
        except Unauthenticated as refused:
            security = self.operation.security
            state, fields = challenges(call.state, security, self._schemes, refused)
            return state, self._faults.refuse(refused, accept, fields), self._decided(refused.kind)
        except Refused as refused:
            told = self._faults.refuse(refused, accept, refused.headers)
            return call.state, told, self._decided(refused.kind)
        except Guarded as refused:
            return call.state, self._faults.guard(refused, accept), self._decided(None)
        return call.state, self._reply(call, answer), self._determined

    def _decided(self, kind: FaultKind | None) -> Determined:
        """What of a refusal is decided: nothing where nothing is of the success."""
        return self._faults.determined(kind) if self._determined.status else UNSURE

    @cached_property
    def _path(self) -> Check | None:
        return check_path(self._blueprint, self.operation)

    def takes(self, state: State, request: Request, values: list[str]) -> bool:
        """Whether the values are what the parameters of the path accept."""
        call = Call(state, request, {})
        try:
            for name, value in zip(self.names, values, strict=True):
                call.path[name] = _path_value(name, value)
            if self._path is not None:
                self._path(call)
        except Refused:
            return False
        return True

    def failures(
        self, state: State, request: Request, headers: Mapping[str, str], values: list[str]
    ) -> tuple[str, list[Failed]]:
        """Every check that the call fails, the later ones too; what stands, if none of them."""
        call = Call(state, request, headers)
        found: list[Failed] = []
        for name, value in zip(self.names, values, strict=True):
            call.path[name] = decoded(value) or value
        for check in self._checks:
            try:
                check(call)
            except Refused as refused:
                found.append(Failed(refused.kind, refused.name, refused.reason))
        return self.operation.name, found or self._unhandled(call)

    def _unhandled(self, call: Call) -> list[Failed]:
        try:
            self._handle(call)
        except Refused as refused:
            return [Failed(refused.kind, refused.name, refused.reason)]
        except Guarded as refused:
            return [Failed("guard", refused.guard.has, refused.guard.detail)]
        return []

    def tell(self, status: int, example: str, accept: str | None) -> Response | None:
        """The answer that is declared for a status; None where none is."""
        return self._tell(status, example, accept)


def checks(
    blueprint: Blueprint, operation: Operation, schemes: Mapping[str, Scheme]
) -> tuple[Check, ...]:
    """The operation's checks in their order."""
    credentials: Compile = lambda _, each: check_credentials(each, schemes)  # noqa: E731
    confirmed: tuple[Compile, ...] = (check_query, check_confirmation)
    first = _confirmed_first(operation)
    compilers: tuple[Compile, ...] = (
        check_accept,
        credentials,
        *(confirmed if first else ()),
        check_roles,
        check_tenant,
        check_content_type,
        check_path,
        *(() if first else (check_query,)),
        check_headers,
        check_body,
        *(() if first else (check_confirmation,)),
    )
    compiled = (compile_check(blueprint, operation) for compile_check in compilers)
    return tuple(check for check in compiled if check is not None)


def _confirmed_first(operation: Operation) -> bool:
    confirms = (each.behaviours.confirm for each in operation.parameters)
    return any(each is not None and each.before_roles for each in confirms)


def handler(blueprint: Blueprint, operation: Operation) -> Handler:
    """What the call ends in: its role, behind its guards; without a resource, what is shown."""
    use = operation.behaviours.resource
    kind = blueprint.kinds.get(use.resource) if use is not None else None
    if use is None or kind is None:
        return answer_shown(blueprint, operation)
    compiled = rendered(
        blueprint, operation, roles.ROLES[use.role](blueprint, operation, kind, use)
    )
    if kind.inferred:
        return sound(blueprint, operation, compiled)
    return roles.guarded(blueprint, operation, compiled)


def check_confirmation(blueprint: Blueprint, operation: Operation) -> Check | None:
    """Refuses a call whose confirmation is missing or says something else."""
    wanted = [
        (each.name, each.behaviours.confirm)
        for each in operation.parameters
        if each.behaviours.confirm is not None
    ]

    def check(call: Call) -> None:
        for name, confirm in wanted:
            if not confirms(confirm, call.query.get(name)):
                raise Refused("unconfirmed", name, call.query.get(name, ""))

    return check if wanted else None


def confirms(confirm: Confirm, value: object) -> bool:
    """Whether the value is the one that was asked for."""
    if confirm.ignore_case:
        return str(value).casefold() == confirm.value.casefold()
    return str(value) == confirm.value


def _path_value(name: str, raw: str) -> str:
    value = decoded(raw)
    if value is None:
        raise Refused("invalid-path", name, raw, "it is not UTF-8")
    return value
