"""The Digest arithmetic against the vectors of RFC 7616, RFC 2617 and RFC 2069."""

from __future__ import annotations

import pytest

from generator.wire import (
    ALGORITHMS,
    DigestCredentials,
    digest_challenge,
    digest_response,
    ha1,
    parse_challenges,
    user_hash,
    verify,
)

NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
JASON = "J\u00e4s\u00f8n Doe"
HEADER = (
    'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", '
    f'algorithm=SHA-256, nonce="{NONCE}", nc=00000001, cnonce="{CNONCE}", qop=auth, '
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
SECRET = ha1("Mufasa", "http-auth@example.org", "Circle of Life", "SHA-256")


def credentials(header: str) -> DigestCredentials | None:
    return DigestCredentials.of(parse_challenges(header)[0])


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_rfc_7616_section_3_9_1(algorithm: str, expected: str) -> None:
    response = digest_response(
        ha1("Mufasa", "http-auth@example.org", "Circle of Life", algorithm),
        method="GET",
        uri="/dir/index.html",
        nonce=NONCE,
        algorithm=algorithm,
        qop="auth",
        nc="00000001",
        cnonce=CNONCE,
    )
    assert response == expected


def test_rfc_7616_section_3_9_2_as_its_erratum_4897_corrects_it() -> None:
    algorithm, realm = "SHA-512-256", "api@example.org"
    assert user_hash(JASON, realm, algorithm) == (
        "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
    )
    response = digest_response(
        ha1(JASON, realm, "Secret, or not?", algorithm),
        method="GET",
        uri="/doe.json",
        nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
        algorithm=algorithm,
        qop="auth",
        nc="00000001",
        cnonce="NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
    )
    assert response == "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"


def test_rfc_2617_section_3_5() -> None:
    response = digest_response(
        ha1("Mufasa", "testrealm@host.com", "Circle Of Life"),
        method="GET",
        uri="/dir/index.html",
        nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
        qop="auth",
        nc="00000001",
        cnonce="0a4f113b",
    )
    assert response == "6629fae49393a05397450978507c4ef1"


def test_rfc_2069_section_2_4_as_its_erratum_749_corrects_it() -> None:
    response = digest_response(
        ha1("Mufasa", "testrealm@host.com", "CircleOfLife"),
        method="GET",
        uri="/dir/index.html",
        nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",
    )
    assert response == "1949323746fe6a43ef61f9606e7febea"


def test_a_session_is_bound_to_both_nonces() -> None:
    def response(nonce: str, cnonce: str) -> str:
        return digest_response(
            SECRET,
            method="GET",
            uri="/",
            nonce=nonce,
            algorithm="SHA-256-sess",
            qop="auth",
            nc="00000001",
            cnonce=cnonce,
        )

    assert len({response("a", "b"), response("a", "c"), response("d", "b")}) == 3


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_was_computed_verifies_and_nothing_else_does(algorithm: str) -> None:
    secret = ha1("u", "r", "p", algorithm)
    response = digest_response(
        secret,
        method="GET",
        uri="/a?b=c",
        nonce="n",
        algorithm=algorithm,
        qop="auth",
        nc="0000000a",
        cnonce="c",
    )
    sent = credentials(
        f'Digest username="u", realm="r", nonce="n", uri="/a?b=c", response="{response}", '
        f'algorithm={algorithm.lower()}, qop=auth, nc=0000000a, cnonce="c"'
    )
    assert sent is not None
    assert sent.count == 10
    assert verify(sent, method="GET", uri="/a?b=c", secret=secret)
    assert not verify(sent, method="POST", uri="/a?b=c", secret=secret)
    assert not verify(sent, method="GET", uri="/a?b=d", secret=secret)
    wrong = ha1("u", "r", "q", algorithm)
    assert not verify(sent, method="GET", uri="/a?b=c", secret=wrong)


def test_credentials_are_read_from_the_header() -> None:
    sent = credentials(HEADER)
    assert sent is not None
    assert (sent.username, sent.uri, sent.qop, sent.count) == (
        "Mufasa",
        "/dir/index.html",
        "auth",
        1,
    )
    assert verify(sent, method="GET", uri="/dir/index.html", secret=SECRET)


@pytest.mark.parametrize(
    "change",
    [
        ('username="Mufasa", ', ""),
        ("nc=00000001", "nc=1"),
        ("nc=00000001, ", ""),
        (f'cnonce="{CNONCE}", ', ""),
        ("qop=auth", "qop=auth-int"),
        ("algorithm=SHA-256", "algorithm=SHA-1"),
        ("Digest ", "Basic "),
        ("algorithm=SHA-256", "username*=UTF-8''Mufasa"),
    ],
)
def test_incomplete_credentials_are_none(change: tuple[str, str]) -> None:
    assert change[0] in HEADER
    assert credentials(HEADER.replace(*change)) is None


def test_an_extended_username_is_decoded() -> None:
    sent = credentials(
        HEADER.replace('username="Mufasa"', "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe")
    )
    assert sent is not None
    assert sent.username == JASON


def test_a_response_beyond_ascii_is_wrong_and_no_accident() -> None:
    sent = credentials(HEADER.replace("753927", "\u00e4\udc80"))
    assert sent is not None
    assert not verify(sent, method="GET", uri="/dir/index.html", secret=SECRET)


def test_a_challenge_quotes_what_the_standard_wants_quoted() -> None:
    assert digest_challenge("a realm", "n1", algorithm="SHA-256", opaque="o", stale=True) == (
        'Digest realm="a realm", nonce="n1", qop="auth", algorithm=SHA-256, opaque="o", stale=true'
    )
    assert digest_challenge("r", "n", algorithm=None, qop=()) == 'Digest realm="r", nonce="n"'
