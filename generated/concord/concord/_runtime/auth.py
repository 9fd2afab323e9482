# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Authentication: credentials the user gives, chosen for each operation from its ``security``.

A scheme either adds credentials to every request (``apply``) or leads a conversation (``flow``):
it yields what to send or how long to wait, is sent the responses, and returns the one that is the
answer. Secrets are in no ``repr``; the header and query names that carry them are noted on the
request.
"""

import binascii
from collections.abc import Generator, Mapping
from typing import Literal

from msgspec import Struct

from .errors import MissingCredentials
from .messages import Request, Response
from .operation import Operation
from .uri import encode


class Aside(Struct, frozen=True):
    """A request of the scheme's own, to get credentials; its answer is read whole."""

    request: Request


Move = Request | Aside | float
"""What a conversation does next: send the call, send aside, or wait some seconds."""
Flow = Generator[Move, Response | None, Response]


class Auth:
    """The base of all schemes: adds nothing."""

    interactive: bool = False
    """Whether the scheme leads a conversation."""

    def apply(self, request: Request) -> Request:
        """The request with credentials."""
        return request

    def flow(self, request: Request) -> Flow:
        """The conversation that sends the request."""
        return answered((yield self.apply(request)))


AuthChoice = Auth | Mapping[str, Auth] | None
"""Credentials of a client: one for everything, or by name of scheme."""


class Basic(Auth):
    """Username and password, as HTTP Basic."""

    def __init__(self, username: str, password: str) -> None:
        self.username = username
        self._password = password

    def apply(self, request: Request) -> Request:
        """Set ``Authorization``."""
        pair = f"{self.username}:{self._password}".encode()
        coded = binascii.b2a_base64(pair, newline=False).decode()
        return request.with_header("authorization", f"Basic {coded}")

    def __repr__(self) -> str:
        return f"Basic({self.username!r}, ***)"


class Bearer(Auth):
    """A bearer token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def apply(self, request: Request) -> Request:
        """Set ``Authorization``."""
        return request.with_header("authorization", f"Bearer {self._token}")

    def __repr__(self) -> str:
        return "Bearer(***)"


class ApiKey(Auth):
    """A key in a header, a query parameter or a cookie."""

    def __init__(
        self, key: str, name: str, location: Literal["header", "query", "cookie"] = "header"
    ) -> None:
        self._key = key
        self.name = name
        self.location = location

    def apply(self, request: Request) -> Request:
        """Put the key in its place."""
        if self.location == "header":
            return request.with_header(self.name, self._key)
        if self.location == "query":
            return request.with_query(self.name, self._key)
        cookie = f"{self.name}={encode(self._key)}"
        before = request.headers.get("cookie")
        return request.with_header("cookie", f"{before}; {cookie}" if before else cookie)

    def __repr__(self) -> str:
        return f"ApiKey(***, {self.name!r}, {self.location!r})"


class _Both(Auth):
    """Schemes that a request needs together; at most one of them leads a conversation."""

    def __init__(self, schemes: list[Auth]) -> None:
        self._still = [scheme for scheme in schemes if not scheme.interactive]
        talkers = [scheme for scheme in schemes if scheme.interactive]
        if len(talkers) > 1:
            raise ValueError("two schemes that lead a conversation cannot share a request")
        self._talker = talkers[0] if talkers else None
        self.interactive = bool(talkers)

    def apply(self, request: Request) -> Request:
        for scheme in self._still:
            request = scheme.apply(request)
        return request

    def flow(self, request: Request) -> Flow:
        talker = self._talker or Auth()
        return (yield from talker.flow(self.apply(request)))


class Keyring:
    """The credentials of a client, from which each operation gets what it accepts."""

    def __init__(self, choice: AuthChoice, schemes: tuple[str, ...] = ()) -> None:
        if not _is_choice(choice):
            # What was given is not repeated: it may well be a password.
            raise TypeError("auth takes credentials, such as Basic(...), or these by their schemes")
        if schemes and isinstance(choice, Mapping) and (unknown := set(choice) - set(schemes)):
            known = ", ".join(schemes)
            raise ValueError(f"no such security scheme: {', '.join(sorted(unknown))} (of {known})")
        self._choice = choice

    def pick(self, operation: Operation[object]) -> Auth | None:
        """The credentials of an operation, None when it is called without."""
        choice = self._choice
        if choice is None or not operation.security:
            return None
        if isinstance(choice, Auth):
            return choice if any(operation.security) else None
        for names in operation.security:
            if names and all(name in choice for name in names):
                return _together([choice[name] for name in names])
        if () in operation.security:
            return None
        wanted = " or ".join("+".join(names) for names in operation.security)
        raise MissingCredentials(f"{operation.id} needs {wanted}")


def _is_choice(given: object) -> bool:
    return given is None or isinstance(given, Auth | Mapping)


def answered(response: Response | None) -> Response:
    """The response to a request of a conversation, which is never missing."""
    assert response is not None, "a request was answered with nothing"
    return response


def _together(schemes: list[Auth]) -> Auth:
    return schemes[0] if len(schemes) == 1 else _Both(schemes)
