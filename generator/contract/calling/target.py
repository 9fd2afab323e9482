"""Where a run goes and as whom.

In come a base URL and principals; out come the origin and the path prefix that calls need. What is
no http(s) URL is refused with `ValueError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from generator.api.exchange import Principal
from generator.contract.calling.connection import Route


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Files of TLS: certificates that are trusted, and a certificate of one's own with its key."""

    bundle: str = ""
    certificate: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A server under test; the first principal is who calls where nothing else is said.

    `variables` names, by principal, the environment variable that holds the secret: curl lines show
    it instead. A `disposable` target is the run's own: its data may be risked; `destructive` names
    operations that may delete what the run did not make. `route` is how the target is reached, and
    `trust` the same by files, for an engine that has a client of its own.
    """

    base_url: str
    principals: tuple[Principal, ...] = ()
    variables: Mapping[str, str] = field(default_factory=_none)
    disposable: bool = False
    destructive: frozenset[str] = frozenset()
    route: Route = field(default_factory=Route)
    trust: Trust = field(default_factory=Trust)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"no http or https address: {self.base_url!r}")
        if parts.port == 0:
            raise ValueError(f"no port to connect to: {self.base_url!r}")

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def prefix(self) -> str:
        """The path below which the operations' paths begin."""
        return urlsplit(self.base_url).path.rstrip("/")
