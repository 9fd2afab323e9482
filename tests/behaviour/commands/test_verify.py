"""test and verify, on a small API of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import Lockstep

API = """\
openapi: 3.1.0
info: {title: Notes, version: "1"}
servers: [{url: "https://notes.example.com/v1"}]
x-lockstep-resources:
  note: {schema: "#/components/schemas/Note", key: id, seed: [{fields: {text: first}}]}
x-lockstep-errors:
  faults:
    not-found: {status: 404}
    malformed-body: {status: 400}
    missing-body: {status: 400}
    invalid-body: {status: 400}
    missing-field: {status: 400}
    unknown-field: {status: 400}
    read-only-field: {status: 400}
    unsupported-media-type: {status: 415}
    not-acceptable: {status: 406}
  everywhere: [400, 404, 406, 415]
paths:
  /notes:
    get:
      operationId: listNotes
      tags: [Notes]
      x-lockstep-resource: {resource: note, role: list}
      responses:
        "200":
          description: All notes.
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Note"}}}
        "406": {description: No such media type.}
    post:
      operationId: createNote
      tags: [Notes]
      x-lockstep-resource: {resource: note, role: create}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewNote"}}}
      responses:
        "201":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
        "400": {description: No.}
        "406": {description: No such media type.}
        "415": {description: No.}
  /notes/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getNote
      tags: [Notes]
      x-lockstep-resource: {resource: note, role: read, parameters: {id: note}}
      responses:
        "200":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
        "404": {description: No.}
        "406": {description: No such media type.}
    delete:
      operationId: deleteNote
      tags: [Notes]
      x-lockstep-resource: {resource: note, role: delete, parameters: {id: note}}
      responses: {"204": {description: Gone.}, "404": {description: No.}}
components:
  schemas:
    NewNote:
      type: object
      required: [text]
      additionalProperties: false
      properties: {text: {type: string, minLength: 1, maxLength: 20}}
    Note:
      type: object
      required: [id, text]
      properties:
        id: {type: string, readOnly: true, pattern: "^[0-9a-f]{8}$"}
        text: {type: string}
"""
CONFIGURATION = '[[api]]\nname = "notes"\nspec = "notes.yaml"\nout = "out"\n'
NAMES = ["listNotes", "createNote", "getNote", "deleteNote"]


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project with one API."""
    monkeypatch.chdir(tmp_path)
    Path("notes.yaml").write_text(API)
    Path("lockstep.toml").write_text(CONFIGURATION)


def test_all_operations_are_reached_from_all_sides(lockstep: Lockstep) -> None:
    assert lockstep("generate").code == 0
    ended = lockstep("verify", "--format", "json")
    (verdict,) = json.loads(ended.out)
    assert verdict["findings"] == []
    assert [each["operation"] for each in verdict["operations"]] == NAMES
    for each in verdict["operations"]:
        assert each["reached"] == {"suite": True, "sync": True, "async": True}
        for side in ("answers", "steps"):
            assert each[side]["calls"] > 0
            assert each[side]["faults"] == []
    assert ended.code == 0


def test_the_table_says_who_reached_what(lockstep: Lockstep) -> None:
    lockstep("generate")
    ended = lockstep("verify")
    assert ended.code == 0
    for name in NAMES:
        row = next(line for line in ended.out.splitlines() if name in line)
        assert row.count("2xx") == 3


def test_a_client_that_is_not_the_fresh_one_fails(lockstep: Lockstep) -> None:
    lockstep("generate")
    with Path("out/notes/models.py").open("a") as models:
        models.write("# mine\n")
    ended = lockstep("verify")
    assert ended.code == 1
    assert "notes/models.py: changed (hand edit)" in ended.out


def test_a_description_at_fault_fails(lockstep: Lockstep) -> None:
    lockstep("generate")
    Path("notes.yaml").write_text(API.replace("x-lockstep-resource:", "x-lockstep-resauce:"))
    ended = lockstep("verify")
    assert ended.code == 2
    assert "extension-unknown" in ended.err


def test_test_writes_reports(lockstep: Lockstep) -> None:
    ended = lockstep("test", "notes.yaml", "--mock", "--only", "smoke", "--report", "json=r.json")
    assert ended.code == 0
    assert json.loads(Path("r.json").read_text())
    assert "4 of 4 operations reached" in ended.out


def test_an_operation_whose_success_is_never_reached_fails(lockstep: Lockstep) -> None:
    # Nothing makes a page, and none is there.
    kinds, reads = "x-lockstep-resources:\n", "resource: note, role: read, parameters: {id: note}"
    page = f'{kinds}  page: {{schema: "#/components/schemas/Note", key: id}}\n'
    hidden = API.replace(kinds, page).replace(reads, reads.replace("note", "page"))
    Path("notes.yaml").write_text(hidden)
    ended = lockstep("test", "notes.yaml", "--mock", "--only", "smoke")
    assert ended.code == 1
    assert "unreached" in ended.out
    assert "getNote" in ended.out
