"""The independent servers: nothing is said of the right ones, and machines' faults are found."""

from __future__ import annotations

import pytest

from tests.mutants.handmade import Handmade
from tests.mutants.judged import findings
from tests.mutants.operators import OPERATORS
from tests.mutants.servers import HANDMADE

ALL = ("smoke", "laws", "negatives", "auth", "lockstep")
SERVERS = list(HANDMADE.values())


@pytest.mark.parametrize("server", SERVERS, ids=HANDMADE)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_said_of_the_right_server(server: Handmade, seed: int) -> None:
    assert findings(server, server.source, ALL, seed) == []


def test_every_operator_plants_something() -> None:
    assert {each.operator for server in SERVERS for each in server.planted()} == set(OPERATORS)


@pytest.mark.parametrize("server", SERVERS, ids=HANDMADE)
def test_what_is_listed_as_equivalent_exists(server: Handmade) -> None:
    assert set(server.equivalent) <= {each.name for each in server.mutations}


@pytest.mark.parametrize("server", SERVERS, ids=HANDMADE)
def test_mutations_compile_and_differ(server: Handmade) -> None:
    texts = [each.source for each in server.mutations]
    assert len(texts) > 100
    assert len(set(texts)) == len(texts)
    for text in texts[::10]:
        compile(text, "mutated", "exec")
