"""Principals from what users write: `--auth` arguments and principals files.

In: text, and the environment as a mapping (the command line hands it in). Out: `Principal`s. A
secret stands in an environment variable or in the file, never in an argument; what cannot be used
is a `CredentialsError` that names no secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.api import Api, Principal, SecurityScheme
from generator.diagnostics import Diagnostics
from generator.document import read

_WITH_USER = {"digest": 2, "basic": 2, "oauth2": 2, "bearer": 1, "key": 1}


class CredentialsError(ValueError):
    """Credentials that cannot be used; the message names no secret."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One principal as a file writes it."""

    name: str
    user: str = ""
    scheme: str = ""
    secret: str = ""
    env: str = ""
    roles: list[str] = []
    tenant: str = ""


def from_argument(argument: str, api: Api, environment: Mapping[str, str]) -> Principal:
    """The principal of `[NAME=]KIND:USER:VARIABLE` or `[NAME=]KIND:VARIABLE`."""
    name, _, credentials = argument.rpartition("=")
    kind, _, rest = credentials.partition(":")
    if kind not in _WITH_USER:
        raise CredentialsError(f"{kind!r} is none of {', '.join(_WITH_USER)}")
    fields = rest.rsplit(":", 1) if _WITH_USER[kind] == 2 else ["", rest]
    if len(fields) != 2 or not fields[1]:
        raise CredentialsError(f"write --auth {kind}:{'USER:' * (_WITH_USER[kind] - 1)}VARIABLE")
    user, variable = fields
    return Principal(
        name=name or _default_name(api),
        scheme=_scheme_of(kind, api),
        user=user,
        secret=secret_of(variable, environment),
    )


def from_file(
    name: str, text: bytes, api: Api, environment: Mapping[str, str]
) -> tuple[Principal, ...]:
    """The principals of a YAML file: a list of name, scheme, user, secret or env, roles, tenant."""
    diagnostics = Diagnostics()
    document = read(name, text, diagnostics)
    if document is None:
        reasons = "; ".join(f"{each.where} {each.message}" for each in diagnostics)
        raise CredentialsError(reasons)
    try:
        entries = msgspec.convert(document.root, list[_Entry])
    except msgspec.ValidationError as error:
        raise CredentialsError(f"{name}: {error}") from None
    return tuple(_principals(entries, api, environment))


def _principals(
    entries: list[_Entry], api: Api, environment: Mapping[str, str]
) -> Iterator[Principal]:
    for entry in entries:
        scheme = entry.scheme or next(iter(api.security_schemes), "")
        if scheme not in api.security_schemes:
            raise CredentialsError(f"principal {entry.name!r}: there is no scheme {scheme!r}")
        if not entry.secret and not entry.env:
            raise CredentialsError(f"principal {entry.name!r} has neither a secret nor an env")
        yield Principal(
            name=entry.name,
            scheme=scheme,
            user=entry.user,
            secret=entry.secret or secret_of(entry.env, environment),
            roles=tuple(entry.roles),
            tenant=entry.tenant,
        )


def secret_of(variable: str, environment: Mapping[str, str]) -> str:
    """What a variable of the environment holds; CredentialsError where it is not set."""
    if variable not in environment:
        raise CredentialsError(f"the environment variable {variable!r} is not set")
    return environment[variable]


def _default_name(api: Api) -> str:
    """The first principal that the description declares, or a name for the only one."""
    for auth in api.behaviours.auth.values():
        for principal in auth.principals:
            return principal.name
    return "default"


def _scheme_of(kind: str, api: Api) -> str:
    """The security scheme that credentials of this kind serve."""
    for scheme in api.security_schemes.values():
        if kind == kind_of(scheme):
            return scheme.name
    raise CredentialsError(f"the description declares no security scheme for {kind!r}")


def kind_of(scheme: SecurityScheme) -> str:
    """What `--auth` calls a security scheme."""
    return {"http": scheme.scheme, "apiKey": "key"}.get(scheme.kind, scheme.kind)
