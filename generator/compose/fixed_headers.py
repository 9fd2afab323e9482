"""Header fields of every call, from what users write: `NAME: VALUE` with variables in it.

In: text, and the environment as a mapping. Out: `FixedHeader`s; what cannot be sent is a
`CredentialsError` that names no secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.compose.credentials import CredentialsError, secret_of
from generator.contract.calling.connection import FixedHeader
from generator.report.curl import VARIABLE

# RFC 9110, section 5.1.
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})


def header_from(argument: str, environment: Mapping[str, str]) -> FixedHeader:
    """The header field of `NAME: VALUE`; variables in it, `${TOKEN}`, are the environment's."""
    name, colon, told = (part.strip() for part in argument.partition(":"))
    if not colon or not _FIELD_NAME.fullmatch(name):
        raise CredentialsError("write --header 'NAME: VALUE'")
    if name.lower() in _FRAMING:
        raise CredentialsError(f"the header field {name} is the connection's")
    secrets = tuple(secret_of(each, environment) for each in VARIABLE.findall(told))
    value = VARIABLE.sub(lambda found: environment[found[1]], told)
    if not value.isprintable():
        raise CredentialsError(f"the value of the header field {name} cannot be sent")
    return FixedHeader(name, value, told, secrets)
