"""The independent server: nothing is said of the right one, and machines' faults are found."""

from __future__ import annotations

import pytest

from tests.mutants.boards.operators import OPERATORS, Mutation, mutations
from tests.mutants.boards.table import (
    EQUIVALENT,
    FUNCTIONS,
    app_of,
    described,
    findings,
    first,
    planted,
    source,
)

API = described()
ALL = ("laws", "negatives", "auth", "lockstep")
SAMPLE = [each for number, each in enumerate(planted()) if number % 16 == 3]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_said_of_the_right_server(seed: int) -> None:
    assert findings(API, app_of(source()), ALL, seed) == ()


@pytest.mark.parametrize("mutation", SAMPLE, ids=lambda each: each.name)
def test_a_planted_fault_is_found(mutation: Mutation) -> None:
    rule, _ = first(API, app_of(mutation.source), ALL)
    assert rule


def test_every_operator_plants_something() -> None:
    assert {each.operator for each in planted()} == set(OPERATORS)


def test_what_is_listed_as_equivalent_exists() -> None:
    assert set(EQUIVALENT) <= {each.name for each in mutations(source(), FUNCTIONS)}


def test_mutations_compile_and_differ() -> None:
    texts = [each.source for each in planted()]
    assert len(texts) > 100
    for text in texts[::10]:
        compile(text, "mutated", "exec")
