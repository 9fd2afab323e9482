"""Credentials from arguments and files."""

from __future__ import annotations

import pytest

from generator.api import Api
from generator.compose.credentials import CredentialsError, from_argument, from_file
from tests.described import api_of

ENVIRONMENT = {"SECRET": "s3cret"}


@pytest.fixture(scope="module")
def api() -> Api:
    """An API with one scheme of each kind, and a declared principal."""
    return api_of("""
        paths: {}
        components:
          securitySchemes:
            D: {type: http, scheme: digest, x-lockstep-auth: {principals: [{name: owner}]}}
            B: {type: http, scheme: basic}
            T: {type: http, scheme: bearer}
            K: {type: apiKey, in: header, name: X-Key}
        """)


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ("digest:me:SECRET", ("owner", "D", "me")),
        ("stranger=digest:me:SECRET", ("stranger", "D", "me")),
        ("basic:a:b:SECRET", ("owner", "B", "a:b")),
        ("bearer:SECRET", ("owner", "T", "")),
        ("key:SECRET", ("owner", "K", "")),
    ],
)
def test_an_argument_names_kind_user_and_variable(
    api: Api, argument: str, expected: tuple[str, str, str]
) -> None:
    principal = from_argument(argument, api, ENVIRONMENT)
    assert (principal.name, principal.scheme, principal.user) == expected
    assert principal.secret == "s3cret"
    assert "s3cret" not in repr(principal)


@pytest.mark.parametrize(
    "argument", ["digest:me", "digest", "oauth2:me:SECRET", "digest:me:NONE", "bearer:", "other:A"]
)
def test_what_cannot_be_used_is_refused(api: Api, argument: str) -> None:
    with pytest.raises(CredentialsError):
        from_argument(argument, api, ENVIRONMENT)


def test_a_principal_without_a_secret_is_told_so(api: Api) -> None:
    with pytest.raises(CredentialsError, match="'a' has neither a secret nor an env"):
        from_file("p.yaml", b"- {name: a, user: u}", api, ENVIRONMENT)


def test_a_file_lists_principals(api: Api) -> None:
    text = b"- {name: a, user: u, env: SECRET, roles: [R], tenant: t}\n- {name: b, scheme: K, secret: k}"
    one, other = from_file("p.yaml", text, api, ENVIRONMENT)
    assert (one.name, one.scheme, one.user, one.secret) == ("a", "D", "u", "s3cret")
    assert (one.roles, one.tenant) == (("R",), "t")
    assert (other.scheme, other.secret) == ("K", "k")


@pytest.mark.parametrize(
    "text",
    [b"{", b"[{user: a}]", b"[{name: a, scheme: none}]", b"[{name: a, password: b}]", b"\xff"],
)
def test_a_faulty_file_is_refused(api: Api, text: bytes) -> None:
    with pytest.raises(CredentialsError):
        from_file("p.yaml", text, api, ENVIRONMENT)
