# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Authentication challenges: values of ``WWW-Authenticate`` in, schemes with parameters out.

Several challenges may share a field, and a field may come several times (RFC 9110 section 11.6.1).
What cannot be read ends the reading of its field; the challenges before it count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_PARAMETER = rf'({_TOKEN})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|({_TOKEN}))'
_SCHEME = rf"({_TOKEN})(?:[ \t]+[A-Za-z0-9\-._~+/]+=*[ \t]*(?=,|$))?"  # with its token68
_CHALLENGE_PART = rf"(?s)[\s,]*(?:{_PARAMETER}|{_SCHEME})"


class Challenge(Struct, frozen=True):
    """One challenge: the scheme and the names of its parameters in lower case."""

    scheme: str
    parameters: Mapping[str, str]


def parse_challenges(values: Iterable[str]) -> Iterator[Challenge]:
    """The challenges of all fields, in the server's order."""
    for value in values:
        yield from _parse_field(value)


def parse_parameters(value: str) -> Mapping[str, str]:
    """The parameters of a field that has no scheme, as ``Authentication-Info``."""
    return next(iter(_parse_field(f"none {value}")), Challenge("none", {})).parameters


def _parse_field(value: str) -> list[Challenge]:
    found: list[tuple[str, dict[str, str]]] = []
    at = 0
    read = re.compile(_CHALLENGE_PART).match
    while (part := read(value, at)) is not None:
        name, quoted, plain, scheme = part.groups()
        if scheme is not None:
            found.append((scheme.lower(), {}))
        elif found:
            text = plain if quoted is None else re.sub(r"(?s)\\(.)", r"\1", quoted)
            found[-1][1].setdefault(name.lower(), text)
        else:
            break
        at = part.end()
    return [Challenge(scheme, parameters) for scheme, parameters in found]
