# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What the callers of one client share: where the server is, credentials, options.

In come an operation with its arguments, out go the request and the steps that send it. Everything
here is the same for the blocking and the awaiting caller.
"""

from typing import Any

from msgspec import Struct, field

from .auth import Keyring
from .exchange import Conduct, Limits, Steps, exchange
from .hooks import is_logging, with_logging
from .messages import Request
from .operation import Operation
from .options import DEFAULTS, Options
from .paging import Turn
from .prepare import prepare
from .retry import Retries, is_harmless
from .uri import Base


class Session(Struct, frozen=True, kw_only=True):
    """Everything about a client but its transport."""

    base: Base
    keyring: Keyring
    options: Options = DEFAULTS
    user_agent: str = "openapi-lockstep-client"
    usual: dict[bool, Conduct] = field(default_factory=dict[bool, Conduct])
    """How calls are held that are harmless to repeat, and how those that are not."""

    def with_options(self, options: Options) -> "Session":
        """The same client with other options on top."""
        return Session(
            base=self.base,
            keyring=self.keyring,
            options=options.over(self.options),
            user_agent=self.user_agent,
        )

    def start(
        self,
        operation: Operation[Any],
        turn: Turn,
        body: object,
        options: Options | None,
    ) -> tuple[Request, Steps]:
        """The request of a call, without credentials, and the steps that send it."""
        holding = self.options if options is None else options.over(self.options)
        if options is not None and options.idempotency_key and not operation.idempotency_key:
            raise ValueError(f"{operation.id} takes no idempotency key")
        base = operation.base(self.base)
        request = prepare(operation, base, turn.arguments, body, holding, self.user_agent)
        if turn.target is not None:
            request = _aimed(request, turn.target)
        auth = self.keyring.pick(operation)
        return request, exchange(request, auth, self._conduct(operation, request, options))

    def _conduct(
        self, operation: Operation[Any], request: Request, options: Options | None
    ) -> Conduct:
        """How a call is held; worked out once for all calls that have no options of their own."""
        key = operation.idempotency_key
        has_key = key is not None and key.lower() in request.headers
        harmless = is_harmless(request.method, has_key=has_key)
        if options is not None:
            return _conduct(options.over(self.options), harmless=harmless)
        if isinstance(self.options.deadline, int | float) or is_logging():
            return _conduct(self.options, harmless=harmless)
        if harmless not in self.usual:
            self.usual[harmless] = _conduct(self.options, harmless=harmless)
        return self.usual[harmless]


def _aimed(request: Request, target: str) -> Request:
    return Request(
        method=request.method,
        origin=request.origin,
        target=target,
        headers=request.headers,
        body=request.body,
    )


def _conduct(options: Options, *, harmless: bool) -> Conduct:
    limit = options.retries if isinstance(options.retries, int) else 0
    return Conduct(Retries(limit, harmless), _limits(options), with_logging(options.hooks))


def _limits(options: Options) -> Limits:
    timeout, deadline = options.timeout, options.deadline
    limits = Limits(timeout if isinstance(timeout, int | float) else None)
    if not isinstance(deadline, int | float):
        return limits
    return Limits(limits.timeout, limits.clock() + deadline)
