"""Faults that machines planted into the independent server, and what a run says of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.api import Api, build
from generator.api.exchange import Principal
from generator.compose.twin import MockTwin
from generator.contract import Called, Finished, Found, Options, Target, run
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.mock import serve
from generator.report import Finding
from tests.mutants.boards.operators import Mutation, mutations

HERE = Path(__file__).resolve().parent
KEYS = {"key-of-ann": "ann", "key-of-ben": "ben"}
FUNCTIONS = frozenset(
    "routed list_boards create_board get_board replace_board delete_board list_cards create_card"
    " get_card update_card delete_card board card cards_of seen unique read pairs judge_board"
    " judge_card text queried paged position".split()
)
EQUIVALENT: dict[str, str] = {
    "drop an operand in routed #1": "every path has GET",
    "turn a comparison in paged #1": "an empty last page is no fault: nothing is lost or twice",
    "swap an error in position #1": "what a made-up cursor gets is left open",
    "swap a code in position #1": "what a made-up cursor gets is left open",
    "swap a code in update_card #1": "the description names no code for 412",
    "skip a write in update_card #1": "a clock may be so coarse that a change shows no new time",
}
"""Mutations that change nothing that the description decides, by what was done where, with the reason."""


def described() -> Api:
    """The description of the server."""
    diagnostics = Diagnostics()
    resolved = load("boards.yaml", diagnostics, reader=lambda name: (HERE / name).read_bytes())
    assert resolved is not None, list(diagnostics)
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return api


def source() -> str:
    """The text of the right server."""
    return (HERE / "server.py").read_text("utf-8")


def app_of(text: str) -> Any:
    """An app of the server with this text."""
    module = ModuleType("boards_under_test")
    exec(compile(text, "boards", "exec"), module.__dict__)
    return module.App(module.Boards(dict(KEYS)))


def planted() -> Iterator[Mutation]:
    """Every mutation that is not known to be equivalent."""
    return (each for each in mutations(source(), FUNCTIONS) if each.name not in EQUIVALENT)


def principals() -> tuple[Principal, ...]:
    """Who may call."""
    return tuple(Principal(name, "Key", "", key, (), name) for key, name in KEYS.items())


def findings(api: Api, app: Any, parts: tuple[str, ...], seed: int = 1) -> tuple[Finding, ...]:
    """All that a whole run finds."""
    with serve(app) as server:
        target = Target(server.url, principals(), disposable=True)
        options = Options(only=parts, seed=seed)
        last = [*run(api, {}, target, options, MockTwin(api))][-1]
    assert isinstance(last, Finished)
    assert not last.down
    return last.report.findings


def first(api: Api, app: Any, parts: tuple[str, ...]) -> tuple[str, int]:
    """The rule that breaks first, and after how many calls; nothing where none does."""
    calls = 0
    with serve(app) as server:
        target = Target(server.url, principals(), disposable=True)
        events = run(api, {}, target, Options(only=parts, seed=1), MockTwin(api))
        for event in events:
            calls += isinstance(event, Called)
            if isinstance(event, Found):
                events.close()
                return event.finding.rule, calls
    return "", calls
