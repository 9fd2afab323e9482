# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""The servers of an API, as generated clients state them, and the base URL that a client chooses.

In come servers with variables in their URLs, which of them is meant, and values; out goes a URL. A
server that there is not, a value that is not listed, and one that would lead to another host than
the description has in mind are refused.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

_PLACE = re.compile(r"\{([^{}]*)\}")
_MARKS = re.compile(r"[/?#@:\\\s]")


class ServerVariable(Struct, frozen=True):
    """A variable of a server's URL; ``values`` are all that it may have, where they are listed."""

    name: str
    default: str
    values: tuple[str, ...] = ()

    def checked(self, value: str) -> str:
        """The value, refused where it is none of this variable."""
        if self.values and value not in self.values:
            raise ValueError(f"{self.name!r} is one of {', '.join(self.values)}, not {value!r}")
        if _MARKS.search(value) and not (self.values or _MARKS.search(self.default)):
            raise ValueError(f"{self.name!r} is part of a name: {value!r} holds a mark of URLs")
        return value


class ApiServer(Struct, frozen=True):
    """A server; it is chosen by its name, or by its place ``at`` among those described."""

    at: int
    url: str
    variables: tuple[ServerVariable, ...] = ()
    name: str = ""

    def address(self, values: Mapping[str, str]) -> str:
        """The URL with values for its variables, the others by default."""
        known = {each.name: each for each in self.variables}
        for name in values.keys() - known.keys():
            raise ValueError(f"server {self.name or self.at!r} has no variable {name!r}")
        chosen = {
            name: each.checked(values[name]) if name in values else each.default
            for name, each in known.items()
        }
        return _PLACE.sub(lambda match: chosen.get(match[1], match[0]), self.url)


def address_of(
    servers: tuple[ApiServer, ...],
    base_url: str | None,
    chosen: int | str | None,
    values: Mapping[str, str | None],
) -> str:
    """The base URL that was given, or that of the chosen server; the first where none is."""
    given = {name: value for name, value in values.items() if value is not None}
    if base_url is not None:
        if chosen is not None or given:
            raise ValueError("a base URL is given, or a server with its variables, not both")
        return base_url
    if chosen is None and servers[0].at > 0:
        raise ValueError("the first server has no whole URL: say a base URL, or another server")
    for each in servers:
        if chosen is None or chosen == each.at or (each.name and chosen == each.name):
            return each.address(given)
    offered = ", ".join(repr(each.name or each.at) for each in servers)
    raise ValueError(f"there is no server {chosen!r}; there are {offered}")
