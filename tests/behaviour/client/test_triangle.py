"""The two sides of the triangle that the client stands on, and faults planted in clients.

A right client sees every answer as the description says; each planted fault shows on the side that
is named.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.compose.calling.answers import Answers
from generator.compose.calling.drive import MODES, Client, Tally, drive
from generator.compose.calling.job import Exchange
from generator.compose.calling.recorded import steps
from generator.compose.configuration import ApiEntry
from generator.compose.contract import contract_run
from generator.compose.generate import generate
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.contract import Called, Options, Target
from generator.emit import write
from generator.emit.black_style import black_style
from tests.behaviour.client.shelf import BODY
from tests.described import described

BASE = "http://127.0.0.1:1"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A generated client, and all that it is to be given."""

    loaded: Loaded
    client: Client
    exchanges: Mapping[str, Sequence[Exchange]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The shelf's client, drawn answers, and the steps of a run on its mock."""
    loaded = load_api("api.yaml", reader=lambda name: described(BODY).encode())
    assert loaded.api is not None, list(loaded.diagnostics)
    made = generate(loaded, ApiEntry(name="shelf", spec=""), style=black_style)
    assert made is not None, list(loaded.diagnostics)
    folder = tmp_path_factory.mktemp("shelf")
    write(folder, made.files)
    client = Client(folder, made.package)
    options = Options(seed=1, only=("lockstep",), max_sequences=4, run="shelf")
    with served(loaded.api, auth=False, seed=1) as mock:
        target = Target(mock.url, mock.principals, disposable=True)
        events = list(contract_run(loaded, target, options))
    records = [each.call for each in events if isinstance(each, Called)]
    exchanges = {
        "answers": list(Answers(loaded.api, 1).exchanges(client.methods)),
        "steps": list(steps(loaded.api, client.methods, records)),
    }
    return Shelf(loaded, client, exchanges)


def faults(shelf: Shelf, client: Client, mode: str) -> dict[str, list[str]]:
    """What a client sees wrongly, by side."""
    assert shelf.loaded.api is not None
    came = drive(shelf.loaded.api, client, mode, BASE, None, exchanges=shelf.exchanges)
    assert not came.calls
    return {
        side: [fault for tally in tallies.values() for fault in tally.faults]
        for side, tallies in came.exchanges.items()
    }


@pytest.mark.parametrize("mode", MODES)
def test_a_right_client_sees_every_answer_as_the_description_says(shelf: Shelf, mode: str) -> None:
    assert faults(shelf, shelf.client, mode) == {"answers": [], "steps": []}


def test_every_operation_and_kind_of_answer_is_given(shelf: Shelf) -> None:
    answers, taken = shelf.exchanges["answers"], shelf.exchanges["steps"]
    names = {"listBooks", "createBook", "getBook"}
    assert {each.call.operation for each in answers} == names
    assert {each.call.operation for each in taken} == names
    said = " ".join(each.label for each in answers)
    for kind in ("a valid body", "nobody lists", "left out", "null in its place", "too soon"):
        assert kind in said
    assert {each.reply.status for each in taken} >= {200, 201, 400, 404}


CHANGED = {
    "a model forgets a field": ("models.py", "    pages: int | UnsetType = UNSET\n", "", "answers"),
    "a decoder swallows null": ("models.py", "title: str\n", "title: str | None\n", "answers"),
    "a required field is optional": (
        "models.py",
        "    count: int\n",
        "    count: int | UnsetType = UNSET\n",
        "answers",
    ),
    "a field has another type": ("models.py", "dict[str, int]", "dict[str, Any]", "answers"),
    "a new tag breaks": ("models.py", " | UnknownPlace", "", "answers"),
    "an error forgets its code": ("books.py", 'code="/code", ', "", "steps"),
    "the items of a page are elsewhere": ("books.py", 'items="/results"', 'items="/more"', "steps"),
    "a parameter is not sent": ("books.py", ', "size": size}', "}", "steps"),
    "a parameter is sent by another name": (
        "books.py",
        'Parameter("page", "query")',
        'Parameter("page", "query", argument="number")',
        "steps",
    ),
    "a body loses a field": ("books.py", "Body(", 'Body(omit=("/pages",), media_type=', "steps"),
    "the path is wrong": ("books.py", '"/books/{id}"', '"/book/{id}"', "steps"),
    "the method is wrong": ("books.py", 'method="POST"', 'method="PUT"', "steps"),
}
"""Faults in what was generated: the module, what stands there, what takes its place, the side."""

ADDED = {
    "a new value of an enumeration breaks": (
        "enums",
        "OpenEnum._missing_ = classmethod(lambda cls, value: None)",
        "answers",
    ),
    "unknown fields are lost": (
        "models",
        "def keep_extra_fields(model, fields): pass",
        "answers",
    ),
    "an error of decoding names no place": (
        "errors",
        "DecodeError.path = property(lambda self: '$.x', lambda self, value: None)",
        "answers",
    ),
    "an error class is wrong": ("status", "CLASSES[404] = Gone", "steps"),
    "an error's body is not decoded": (
        "raw",
        "def _error_body(operation, response): return None",
        "steps",
    ),
}
"""Faults in the runtime: the module, what is added to it, the side."""


def copied(shelf: Shelf, folder: Path) -> Path:
    """The package of the right client in another folder."""
    return Path(shutil.copytree(shelf.client.directory / "shelf", folder / "shelf"))


@pytest.mark.parametrize("what", CHANGED)
def test_a_fault_in_what_was_generated_is_found(shelf: Shelf, tmp_path: Path, what: str) -> None:
    name, old, new, side = CHANGED[what]
    module = copied(shelf, tmp_path) / name
    text = module.read_text()
    assert old in text, text
    module.write_text(text.replace(old, new))
    assert faults(shelf, Client(tmp_path, shelf.client.package), "sync")[side]


@pytest.mark.parametrize("what", ADDED)
def test_a_fault_in_the_runtime_is_found(shelf: Shelf, tmp_path: Path, what: str) -> None:
    name, line, side = ADDED[what]
    with (copied(shelf, tmp_path) / "_runtime" / f"{name}.py").open("a") as module:
        module.write(f"\n\n{line}\n")
    assert faults(shelf, Client(tmp_path, shelf.client.package), "sync")[side]


def test_a_client_that_does_not_start_is_a_fault_of_everything(
    shelf: Shelf, tmp_path: Path
) -> None:
    assert shelf.loaded.api is not None
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "__init__.py").write_text("raise SystemError('broken')\n")
    client = Client(tmp_path, shelf.client.package)
    came = drive(shelf.loaded.api, client, "sync", BASE, None, exchanges=shelf.exchanges)
    tally = came.exchanges["steps"]["getBook"]
    assert tally == Tally(tally.calls, ("sync: SystemError: broken",) * tally.calls)
    assert tally.calls > 0
