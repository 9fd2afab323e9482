# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The base of generated clients: a server, credentials, options and a transport in, resources out.

A client may be used by many callers at once. ``with_options`` makes another over the same
transport, so closing either closes both.
"""

from types import TracebackType
from typing import Self

from .auth import AuthChoice, Keyring
from .caller_async import AsyncCaller
from .options import DEFAULTS, Options
from .session import Session
from .transport import AsyncTransport
from .uri import split_base


class AsyncBaseClient:
    """What every client does besides its resources."""

    def __init__(
        self,
        base_url: str,
        *,
        auth: AuthChoice,
        options: Options | None,
        transport: AsyncTransport,
        user_agent: str,
        schemes: tuple[str, ...] = (),
    ) -> None:
        session = Session(
            base=split_base(base_url),
            keyring=Keyring(auth, schemes),
            options=DEFAULTS if options is None else options.over(DEFAULTS),
            user_agent=user_agent,
        )
        self._caller = AsyncCaller(session, transport)

    def with_options(self, options: Options) -> Self:
        """This client with other options, over the same transport and credentials."""
        client = object.__new__(type(self))
        caller = self._caller
        client._caller = AsyncCaller(caller.session.with_options(options), caller.transport)
        return client

    def __repr__(self) -> str:
        base = self._caller.session.base
        return f"<{type(self).__name__} of {base.origin}{base.path}>"

    async def close(self) -> None:
        """Close the transport."""
        await self._caller.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
