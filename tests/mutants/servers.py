"""The servers that faults are planted in: mocks of three APIs, and servers written by hand.

In comes the name of a server, out come its description, its right app, who may call it, and its
faults. `bare-NAME` is a server written by hand as a description without any extension tells of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.api import Api, build
from generator.api.exchange import Principal
from generator.api.openapi import openapi
from generator.diagnostics import Diagnostics
from generator.document import Resolved, load
from generator.mock import app_for
from tests.mutants.boards.table import BOARDS
from tests.mutants.handmade import Handmade
from tests.mutants.kept import ROOT, mark
from tests.mutants.mocks import MOCKS, Case, of_zoo
from tests.mutants.operators import Mutation
from tests.mutants.planted import Racing, plant
from tests.mutants.stores.table import STORES

MACHINE, HAND = "machine", "hand"
BARE = "bare-"
_PLANTING = tuple(f"tests/mutants/{name}.py" for name in ("mocks", "planted", "wrongs", "zoo"))
MOCKED = ("atlas-v1", "atlas-v2", "concord")
HANDMADE: Mapping[str, Handmade] = {each.name: each for each in (BOARDS, STORES)}
SERVERS = (*MOCKED, *HANDMADE, *(f"{BARE}{each}" for each in HANDMADE))


@dataclass(frozen=True, slots=True)
class Described:
    """A description as an Api, as OpenAPI and as text."""

    api: Api
    root: Any
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One wrong server: where the fault is, its class, its name, how it came about, how it runs.

    `text` is the code of a server written by hand, `mark` tells the fault from all others.
    """

    server: str
    about: str
    name: str
    origin: str
    described: Described
    app: Any
    principals: tuple[Principal, ...]
    base: str = ""
    text: str = ""
    mark: str = ""


@cache
def described(server: str) -> Described:
    """The description of a server."""
    if server.startswith(BARE):
        root = described(server.removeprefix(BARE)).root
        text = json.dumps(openapi(root, without_extensions=True)).encode()
        return _built(f"{server}.json", lambda _: text)
    if server in HANDMADE:
        return _built(f"{server}.yaml", lambda name: (HANDMADE[server].folder / name).read_bytes())
    return _built(f"spec/{server}.yaml", lambda name: (ROOT / name).read_bytes())


def _built(name: str, reader: Any) -> Described:
    diagnostics = Diagnostics()
    resolved: Resolved | None = load(name, diagnostics, reader=reader)
    assert resolved is not None, list(diagnostics)
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return Described(api, resolved.root, json.dumps(openapi(resolved.root)))


@cache
def _mock(server: str, auth: bool) -> Any:
    return app_for(described(server).api, auth=auth)


def handmade(server: str) -> Handmade | None:
    """The server written by hand of this name, with or without extensions."""
    return HANDMADE.get(server.removeprefix(BARE))


def right(server: str, *, auth: bool) -> Subject:
    """The server without a fault."""
    if by_hand := handmade(server):
        app, text = by_hand.app(by_hand.source, auth=auth), by_hand.source
        who, base = by_hand.principals if auth else (), ""
    else:
        app, text = app_for(described(server).api, auth=auth), ""
        who, base = tuple(app.principals) if auth else (), app.base
    return Subject(server, "right", "nothing", "", described(server), app, who, base, text)


def subjects(server: str) -> Iterator[Subject]:
    """Every wrong server of a kind, always in the same order."""
    if by_hand := handmade(server):
        yield from (_mutated(server, by_hand, each) for each in by_hand.planted())
    else:
        cases = (*of_zoo(), *MOCKS)
        yield from (_planted(server, each) for each in cases if each.spec == server)


def _planted(server: str, case: Case) -> Subject:
    mock = _mock(server, case.auth)
    who = tuple(mock.principals) if case.auth else ()
    # A fault that remembers what it saw begins anew.
    app: Any = plant(mock, deepcopy(case.fault))
    app = Racing(app, case.raced) if case.raced else app
    tell = case.name + mark(*_PLANTING)
    whole = described(server)
    return Subject(server, case.about, case.name, HAND, whole, app, who, mock.base, "", tell)


def _mutated(server: str, by_hand: Handmade, mutation: Mutation) -> Subject:
    return Subject(
        server,
        by_hand.about_of(mutation),
        mutation.name,
        MACHINE,
        described(server),
        by_hand.app(mutation.source),
        by_hand.principals,
        "",
        by_hand.source,
        mutation.source,
    )
