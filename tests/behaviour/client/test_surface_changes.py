"""What a revision breaks in a client, by the change report and by griffe, which reads both clients.

Every name and argument that griffe misses in the new client is one that the report warns of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import griffe
import pytest

from generator.cli.main import run
from generator.compose.diff import compare
from generator.compose.load import load_api
from generator.diff import Level, Policy, Verdict

ROOT = Path(__file__).parents[3]
V1, V2 = (str(ROOT / f"spec/atlas-v{number}.yaml") for number in (1, 2))
BASE = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example.com}]
paths:
  /pets/{pet}/toys/{toy}:
    get:
      operationId: readToy
      parameters:
        - {name: pet, in: path, required: true, schema: {type: string}}
        - {name: toy, in: path, required: true, schema: {type: string}}
        - {name: size, in: query, schema: {type: integer}}
      responses:
        "200":
          description: A toy
          content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}
components:
  schemas:
    Toy: {type: object, properties: {name: {type: string}, kind: {enum: [ball, bone]}}}
"""
EDITS = {
    "an argument is gone": ("        - {name: size, in: query, schema: {type: integer}}\n", ""),
    "an argument is needed": ("name: size, in: query,", "name: size, in: query, required: true,"),
    "an argument is called otherwise": ("name: size", "name: weight"),
    "a method is called otherwise": ("operationId: readToy", "operationId: getToy"),
    "a class is called otherwise": ("Toy", "Plaything"),
    "a field is gone": ("{name: {type: string}, kind", "{kind"),
    "arguments change places": ("/pets/{pet}/toys/{toy}", "/pets/{toy}/toys/{pet}"),
}


def generated(spec: str, folder: Path) -> griffe.Object | griffe.Alias:
    assert run(["generate", spec, "-o", str(folder), "--name", "client"]) == 0
    return griffe.load("client", search_paths=[folder], allow_inspection=False)


def missed(old: str, new: str, folder: Path) -> Iterator[str]:
    """The names of what griffe misses in the new client; arguments by their own names."""
    trees = generated(old, folder / "old"), generated(new, folder / "new")
    for each in griffe.find_breaking_changes(*trees):
        # Where the server is, is no name; the report says so of the server.
        if "base_url" not in str(each.old_value) and "._runtime" not in each.obj.path:
            argument = isinstance(each.old_value, griffe.Parameter)
            added = isinstance(each.new_value, griffe.Parameter)
            value = each.old_value if argument else each.new_value if added else each.obj
            yield str(value.name)


def breaking(old: str, new: str) -> list[Verdict]:
    """What the report calls breaking or a warning for the client."""
    base, revision = (load_api(n, reader=lambda name: Path(name).read_bytes()) for n in (old, new))
    found = compare(base, revision, policy=Policy(today=date(2026, 1, 1))).verdicts
    mine = [each for each in found if each.rule.id.startswith("client-")]
    return [each for each in mine if each.level is not Level.INFO]


def agree(old: str, new: str, folder: Path) -> None:
    verdicts = breaking(old, new)
    told = " ".join(each.message for each in verdicts).replace(".", " ").replace(",", " ").split()
    assert sorted({name for name in missed(old, new, folder) if name not in told}) == []


@pytest.mark.parametrize(("old", "new"), [(V1, V2), (V2, V1)], ids=["forward", "back"])
def test_what_griffe_misses_the_report_calls_breaking(old: str, new: str, tmp_path: Path) -> None:
    agree(old, new, tmp_path)


FIELDS = {
    "another type": ("name: {type: string}", "name: {type: integer}"),
    "always there": ("Toy: {type: object", "Toy: {type: object, required: [name]"),
}
TOLD = {
    ("another type", "get"): "Toy.name is int | UnsetType, no longer str | UnsetType",
    ("another type", "put"): "Toy.name is int | UnsetType, no longer str | UnsetType",
    ("always there", "get"): "Toy.name is str, no longer str | UnsetType",
    ("always there", "put"): "Toy.name has to be given now",
}


@pytest.mark.parametrize(("edit", "method"), TOLD)
def test_a_field_of_a_model_is_part_of_the_client(edit: str, method: str, tmp_path: Path) -> None:
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    body = (
        "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}}"
    )
    start = BASE.replace("    get:", f"    put:\n      {body}") if method == "put" else BASE
    base.write_text(start)
    revision.write_text(start.replace(*FIELDS[edit]))
    assert TOLD[edit, method] in [each.message for each in breaking(str(base), str(revision))]
    assert not breaking(str(base), str(base))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_that_breaks_callers_is_seen_by_both(edit: str, tmp_path: Path) -> None:
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    base.write_text(BASE)
    revision.write_text(BASE.replace(*EDITS[edit]))
    assert [each for each in breaking(str(base), str(revision)) if each.level is Level.BREAKING]
    assert list(missed(str(base), str(revision), tmp_path))
    agree(str(base), str(revision), tmp_path)
