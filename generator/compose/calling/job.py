"""What the process that calls a generated client is told, and what it says of it.

These travel as JSON between two processes of ours; they know nothing of any description.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Token = str | int


class Credentials(msgspec.Struct, frozen=True):
    """Who calls: the security scheme's name and kind, and what it takes.

    `parameter` and `location` say where an API key is sent.
    """

    scheme: str
    kind: str
    user: str
    secret: str
    parameter: str = ""
    location: str = ""


class Call(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call: attribute and method of the client, Python arguments, and the recorded answer.

    `query` and `accept` are what the method has no arguments for; `fits` says whether the body is
    one that the description allows, so that it makes a model.
    """

    operation: str
    resource: str
    method: str
    arguments: dict[str, Any]
    body: Any = None
    has_body: bool = False
    paged: bool = False
    recorded: Any = None
    query: dict[str, list[str]] = {}
    accept: str = ""
    fits: bool = True


class Asked(msgspec.Struct, frozen=True):
    """A request: one that was recorded, or one that a client sent."""

    method: str
    target: str
    content_type: str
    body: bytes
    accept: str = ""


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer as it stands on the wire."""

    status: int
    headers: list[tuple[str, str]] = []
    body: bytes = b""


class Fault(msgspec.Struct, frozen=True):
    """A body that does not fit: the path of what is wrong, and how much of it must be named.

    A place `inside` of what is wrong may be named, too.
    """

    path: list[Token]
    least: int
    inside: bool = False


class Expected(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the caller must see of an answer.

    `error` is the class that is raised, empty where the call returns; `value` is the JSON of what
    the body decodes to, all of it fields that the description lists if `listed`. `items` points at
    the items of a page. `code` and `detail` are what the error says, `worded` that the description
    tells where. `added` are fields that the client may add: tags that it does not ask for.
    """

    error: str = ""
    form: Literal["none", "json", "text", "bytes"] = "none"
    value: Any = None
    listed: bool = False
    fault: Fault | None = None
    items: str | None = None
    worded: bool = False
    code: str | None = None
    detail: str | None = None
    added: list[str] = []


class Exchange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call, the answer that it gets, and what must come of it; `label` says what it shows."""

    label: str
    call: Call
    reply: Reply
    expected: Expected
    asked: Asked | None = None


class Job(msgspec.Struct, frozen=True):
    """The package to import, from where, and what to call: on a server, and on given answers."""

    directory: str
    package: str
    base_url: str
    mode: str
    credentials: Credentials | None = None
    calls: list[Call] = []
    exchanges: list[Exchange] = []


class Outcome(msgspec.Struct, frozen=True):
    """What became of one call or exchange; `error` is empty where all was as it must be."""

    operation: str
    error: str = ""
