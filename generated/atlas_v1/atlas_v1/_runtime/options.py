# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What one call, or all calls of a client, may be told besides their arguments.

In come options of the client and of the call, out goes what holds: a call's own word first, header
and query names of both together.
"""

from collections.abc import Mapping, Sequence

from msgspec import UNSET, Struct, UnsetType

from .hooks import Hook

_NO_HEADERS: Mapping[str, str] = {}
_NO_QUERY: Mapping[str, str | Sequence[str]] = {}
_LONGEST = 1e9
_FRAMING = frozenset(("connection", "content-length", "host", "transfer-encoding"))
"""What only a transport can say, for it must be true of what it sends."""


class Options(Struct, frozen=True, kw_only=True):
    """Options of a call: ``UNSET`` leaves a thing to the client, None takes a limit away."""

    timeout: float | UnsetType | None = UNSET
    """Seconds that one wait on the connection may take."""
    deadline: float | UnsetType | None = UNSET
    """Seconds that the whole call may take, retries and their pauses included."""
    retries: int | UnsetType = UNSET
    """How often a failed attempt is repeated, 0 for never."""
    headers: Mapping[str, str] = _NO_HEADERS
    query: Mapping[str, str | Sequence[str]] = _NO_QUERY
    idempotency_key: str | None = None
    accept: str | None = None
    content_type: str | None = None
    hooks: tuple[Hook, ...] = ()
    """Told of every sending, those of the client before those of the call."""

    def __post_init__(self) -> None:
        _check("timeout", self.timeout, least=0.0)
        _check("deadline", self.deadline, least=-_LONGEST)
        _check_count("retries", self.retries)
        for name, value in self.headers.items():
            _check_header(name, value)

    def over(self, below: "Options") -> "Options":
        """These options where they say something, else those below."""
        return Options(
            timeout=below.timeout if self.timeout is UNSET else self.timeout,
            deadline=below.deadline if self.deadline is UNSET else self.deadline,
            retries=below.retries if self.retries is UNSET else self.retries,
            headers={**below.headers, **self.headers},
            query={**below.query, **self.query},
            idempotency_key=self.idempotency_key or below.idempotency_key,
            accept=self.accept or below.accept,
            content_type=self.content_type or below.content_type,
            hooks=below.hooks + self.hooks,
        )

    def __repr__(self) -> str:
        named = ", ".join(sorted((*self.headers, *self.query)))
        return f"<Options timeout={self.timeout} retries={self.retries} sets=[{named}]>"


def _check(name: str, seconds: object, *, least: float) -> None:
    """Refuse what is no time to wait; it would be no limit, or fail below."""
    if seconds is None or seconds is UNSET:
        return
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        raise TypeError(f"{name} is a number of seconds, or None for no limit, not {seconds!r}")
    if not least < seconds < _LONGEST:
        raise ValueError(f"{name} is a number of seconds, or None for no limit, not {seconds!r}")


def _check_count(name: str, count: object) -> None:
    if not isinstance(count, int | UnsetType) or isinstance(count, bool):
        raise TypeError(f"{name} is a whole number, not {count!r}")


def _check_header(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"header {name!r} is given as text, not as {type(value).__name__}")
    if name.lower() in _FRAMING:
        raise ValueError(f"header {name!r} is for the transport to say")


DEFAULTS = Options(timeout=60.0, deadline=None, retries=2)
