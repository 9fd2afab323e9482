"""The servers that faults are planted in: mocks of three APIs, and boards, with and without x-.

In comes the name of a server, out come its description, its right app and who may call it. `bare`
is boards as a description without any extension tells of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tests.mutants.boards.table as boards
from generator.api import Api, build
from generator.api.exchange import Principal
from generator.api.openapi import openapi
from generator.diagnostics import Diagnostics
from generator.document import Resolved, load
from generator.mock import app_for
from tests.mutants.boards.operators import OPERATORS, Mutation
from tests.mutants.mocks import MOCKS, Case, of_zoo
from tests.mutants.planted import plant

ROOT = Path(__file__).resolve().parents[2]
MACHINE, HAND = "machine", "hand"
SERVERS = ("atlas-v1", "atlas-v2", "concord", "boards", "bare")
_ABOUT = {
    "routed": "protocol",
    "list_cards": "filters",
    "list_boards": "paging",
    "paged": "paging",
    "position": "paging",
    "create_board": "read your writes",
    "create_card": "read your writes",
    "replace_board": "read your writes",
    "update_card": "partial update",
    "delete_board": "guards",
    "unique": "guards",
    "delete_card": "gone after delete",
    "board": "gone after delete",
    "card": "gone after delete",
    "cards_of": "gone after delete",
    "seen": "gone after delete",
}


@dataclass(frozen=True, slots=True)
class Described:
    """A description as an Api and as OpenAPI."""

    api: Api
    root: Any


@dataclass(frozen=True, slots=True)
class Subject:
    """One wrong server: where the fault is, its class, its name, how it came about, how it runs."""

    server: str
    about: str
    name: str
    origin: str
    described: Described
    app: Any
    principals: tuple[Principal, ...]
    base: str = ""


@cache
def described(server: str) -> Described:
    """The description of a server."""
    if server == "bare":
        text = json.dumps(openapi(described("boards").root, without_extensions=True)).encode()
        return _built("bare.json", lambda _: text)
    if server == "boards":
        return _built("boards.yaml", lambda name: (boards.HERE / name).read_bytes())
    return _built(f"spec/{server}.yaml", lambda name: (ROOT / name).read_bytes())


def _built(name: str, reader: Any) -> Described:
    diagnostics = Diagnostics()
    resolved: Resolved | None = load(name, diagnostics, reader=reader)
    assert resolved is not None, list(diagnostics)
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return Described(api, resolved.root)


@cache
def _mock(server: str, auth: bool) -> Any:
    return app_for(described(server).api, auth=auth)


def right(server: str, *, auth: bool) -> Subject:
    """The server without a fault."""
    if server in ("boards", "bare"):
        app, who = boards.app_of(boards.source()), boards.principals()
        return Subject(server, "right", "nothing", "", described(server), app, who)
    app = app_for(described(server).api, auth=auth)
    who = tuple(app.principals) if auth else ()
    return Subject(server, "right", "nothing", "", described(server), app, who, app.base)


def subjects(server: str) -> Iterator[Subject]:
    """Every wrong server of a kind, always in the same order."""
    if server in ("boards", "bare"):
        yield from (_mutated(server, each) for each in boards.planted())
    else:
        cases = (*of_zoo(), *MOCKS)
        yield from (_planted(server, each) for each in cases if each.spec == server)


def _planted(server: str, case: Case) -> Subject:
    mock = _mock(server, case.auth)
    who = mock.principals if case.auth else ()
    # A fault that remembers what it saw begins anew.
    app = plant(mock, deepcopy(case.fault))
    whole = described(server)
    return Subject(server, case.about, case.name, HAND, whole, app, tuple(who), mock.base)


def _mutated(server: str, mutation: Mutation) -> Subject:
    assert mutation.operator in OPERATORS
    errors = mutation.operator.startswith("swap")
    about = "declared errors" if errors else _ABOUT.get(mutation.function, "input")
    app, who = boards.app_of(mutation.source), boards.principals()
    return Subject(server, about, mutation.name, MACHINE, described(server), app, who)
