"""A call as a curl line that can be pasted into a shell.

In comes a request and how its caller proves who they are; out goes one line. A secret is never in
it: the line names the environment variable that holds it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.api.exchange import Request
from generator.report.redaction import REDACTED

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A variable of the environment in a header field, `${TOKEN}`."""

_GLOBS = frozenset("[]{}")
_OWN = frozenset(
    {"accept-encoding", "authorization", "connection", "content-length", "cookie", "host"}
    | {"transfer-encoding", "user-agent", "x-schemathesis-testcaseid"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurlAuth:
    """How curl proves who calls: `kind` is digest, basic, bearer, oauth2 or key.

    `header` carries a key; it names a cookie or a part of the query where `location` says so, and
    for oauth2 it is the address that gives tokens.

    `made_up` stands in the line where the secret is none.
    """

    kind: str
    user: str = ""
    variable: str = "LOCKSTEP_SECRET"
    made_up: str = ""
    header: str = "Authorization"
    location: str = "header"


def curl(
    request: Request,
    base_url: str,
    *auth: CurlAuth,
    fixed: Iterable[str] = (),
    variables: Mapping[str, str] | None = None,
) -> str:
    """The line; headers that matter are kept, credentials come from each `auth`.

    `fixed` are header fields with variables of the environment in them, like `${TOKEN}`;
    `variables` are names of shell variables by the value that they stand for.
    """
    known = variables or {}
    words = ["curl", "--include", *_as_is(request), *_headers(request)]
    quoted = " ".join(_quoted(each, known) for each in words)
    before = ""
    if request.body and _printable(request.body):
        quoted += f" --data-binary {_quoted(request.body.decode(), known)}"
    elif request.body:
        before, quoted = _printed(request.body), f"{quoted} --data-binary @-"
    url = _quoted(base_url.rstrip("/") + request.target, known)
    for each in auth:
        url += _query(each, url)
    parts = (quoted, *map(_auth, auth), *map(_fixed, fixed), url)
    return before + " ".join(part for part in parts if part)


def stands(key: str, text: str) -> bool:
    """Whether a key stands in a text, and not only its letters within a word."""
    return re.search(_whole(key), text) is not None


def parted(text: str, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with the key that stands there; empty for what is none.

    Of a key that is an end of a path, as `/books/2`, the last segment is what stands for it.
    """
    known = set(keys)
    pattern = "|".join(f"({_whole(each)})" for each in known)
    for each in filter(None, re.split(pattern, text) if known else [text]):
        last = each
        if each in known and each.startswith("/"):
            above, _, last = each.rpartition("/")
            yield f"{above}/", ""
        yield last, each if each in known else ""


def _whole(key: str) -> str:
    if key.startswith("/"):
        return rf"{re.escape(key)}(?![^/?])"
    return rf"(?<![0-9A-Za-z]){re.escape(key)}(?![0-9A-Za-z])"


def _as_is(request: Request) -> list[str]:
    """The method, and what keeps curl from reading more into the target than stands there."""
    # With --request HEAD curl waits for a body.
    words = ["--head"] if request.method == "HEAD" else ["--request", request.method]
    words += ["--globoff"] if not _GLOBS.isdisjoint(request.target) else []
    return [*words, *(["--path-as-is"] if "/." in request.target else [])]


def _quoted(word: str, variables: Mapping[str, str]) -> str:
    """The word for a shell, which expands nothing in it but the variables."""
    if not any(stands(value, word) for value in variables):
        return shlex.quote(word)
    parts = parted(word, variables)
    return "".join(f'"${variables[key]}"' if key else shlex.quote(text) for text, key in parts)


def _headers(request: Request) -> list[str]:
    given = {name.lower() for name, _ in request.headers}
    kept = [
        f"{name}: {value}" if value else f"{name};"
        for name, value in request.headers
        if name.lower() not in _OWN and REDACTED not in value
    ]
    # What curl would add of its own.
    kept += [f"{name}:" for name in ("Accept", *_typed(request)) if name.lower() not in given]
    return [word for header in kept for word in ("--header", header)]


def _typed(request: Request) -> list[str]:
    return ["Content-Type"] if request.body else []


def _printable(body: bytes) -> bool:
    """Whether a shell can hold the body in a word that curl takes as it is."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    # A leading @ would make curl read a file of that name.
    return "\0" not in text and not text.startswith("@")


def _printed(body: bytes) -> str:
    octal = "".join(
        chr(each) if 32 <= each < 127 and each not in b"\\%'" else f"\\{each:03o}" for each in body
    )
    return f"printf '{octal}' | "


def _auth(auth: CurlAuth) -> str:
    if auth.kind == "key" and auth.location == "query":
        return ""
    if auth.kind in ("digest", "basic"):
        # With --digest curl keeps the body until it is challenged: some servers never do that.
        way = "--anyauth" if auth.kind == "digest" else "--basic"
        return f'{way} --user {shlex.quote(auth.user)}:"{_secret(auth)}"'
    if auth.kind == "oauth2":
        asked = f'--user {shlex.quote(auth.user)}:"{_secret(auth)}"'
        token = f"curl --silent {asked} --data grant_type=client_credentials {auth.header}"
        return f'--header "Authorization: Bearer $({token} | jq -r .access_token)"'
    if auth.kind == "key" and auth.location == "cookie":
        return f'--cookie "{auth.header}={_secret(auth)}"'
    prefix = "Bearer " if auth.kind == "bearer" else ""
    return f'--header "{auth.header}: {prefix}{_secret(auth)}"'


def _query(auth: CurlAuth, url: str) -> str:
    if auth.kind != "key" or auth.location != "query":
        return ""
    return f"{'&' if '?' in url else '?'}{shlex.quote(auth.header)}=\"{_secret(auth)}\""


def _fixed(header: str) -> str:
    """A header field for a shell, which expands its variables and nothing else."""
    parts = enumerate(VARIABLE.split(header))
    told = (f'"${{{part}}}"' if odd % 2 else shlex.quote(part) for odd, part in parts if part)
    return f"--header {''.join(told)}"


def _secret(auth: CurlAuth) -> str:
    return auth.made_up or f"${{{auth.variable}}}"
