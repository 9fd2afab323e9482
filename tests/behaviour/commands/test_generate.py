"""generate: what it writes, refuses and says about what stands there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.behaviour.commands.conftest import Ended, Lockstep

API = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /things/{id}:
    get:
      operationId: getThing
      tags: [Things]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The thing.
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: string}}}
"""
Generate = Callable[..., Ended]


@pytest.fixture
def generate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep) -> Generate:
    """Call generate in a folder of its own, in which things.yaml stands."""
    monkeypatch.chdir(tmp_path)
    Path("things.yaml").write_text(API)
    return lambda *more: lockstep("generate", "things.yaml", "-o", "out", "--name", "things", *more)


def module() -> Path:
    return Path("out/things/things.py")


def test_what_was_written_is_up_to_date(generate: Generate) -> None:
    assert generate().code == 0
    checked = generate("--check")
    assert (checked.code, checked.out) == (0, "out: up to date\n")
    assert generate().out == "out: up to date\n"


def test_check_and_dry_run_write_nothing(generate: Generate) -> None:
    assert generate("--check").code == 1
    dry = generate("--dry-run")
    assert dry.code == 0
    assert "out/things/models.py: missing" in dry.out
    assert not Path("out").exists()


def test_a_hand_edit_is_named_shown_and_not_overwritten(generate: Generate) -> None:
    generate()
    written = module().read_text()
    module().write_text(written + "\n# mine\n")
    checked = generate("--check", "--diff")
    assert checked.code == 1
    assert "out/things/things.py: changed (hand edit)" in checked.out
    assert "-# mine" in checked.out
    refused = generate()
    assert refused.code == 1
    assert "out/things/things.py: changed (hand edit); --force overwrites it" in refused.err
    assert module().read_text().endswith("# mine\n")
    assert generate("--force").code == 0
    assert module().read_text() == written


def test_a_changed_description_is_the_cause(generate: Generate) -> None:
    generate()
    Path("things.yaml").write_text(API.replace("The thing.", "Another text."))
    checked = generate("--check")
    assert checked.code == 1
    assert "(description)" in checked.out
    assert "hand edit" not in checked.out


def test_a_changed_option_is_the_cause(generate: Generate) -> None:
    generate()
    checked = generate("--check", "--http", "pyreqwest")
    assert checked.code == 1
    assert "options" in checked.out


def test_models_of_pydantic_are_an_option_that_is_remembered(generate: Generate) -> None:
    assert generate("--models", "pydantic").code == 0
    assert (
        json.loads(Path("out/things/manifest.json").read_text())["options"]["models"] == "pydantic"
    )
    assert '"pydantic' in Path("out/pyproject.toml").read_text()
    assert generate("--check", "--models", "pydantic").code == 0
    checked = generate("--check")
    assert checked.code == 1
    assert "out/things/_runtime/models.py: changed (options" in checked.out
    assert generate().code == 0
    assert '"pydantic' not in Path("out/pyproject.toml").read_text()
    assert Path("out/things/_runtime/shapes.py").exists()


def test_a_missing_and_a_foreign_file_are_named(generate: Generate) -> None:
    generate()
    Path("out/things/models.py").unlink()
    Path("out/things/mine.py").write_text("")
    checked = generate("--check")
    assert "out/things/models.py: missing (hand edit)" in checked.out
    assert "out/things/mine.py: extra (hand edit)" in checked.out


def test_the_custom_folder_is_the_user_s(generate: Generate) -> None:
    generate()
    mine = Path("out/things/custom/mine.py")
    mine.parent.mkdir()
    mine.write_text("")
    assert generate("--check").code == 0
    generate("--force")
    assert mine.exists()


def test_what_is_no_longer_generated_is_removed(generate: Generate) -> None:
    generate()
    other = API.replace("tags: [Things]", "tags: [Others]").replace("/things/", "/others/")
    Path("things.yaml").write_text(other)
    assert generate().code == 0
    assert not module().exists()
    assert Path("out/things/others.py").exists()


def test_names_that_stand_are_kept(generate: Generate) -> None:
    generate()
    Path("things.yaml").write_text(
        API.replace("    Thing: {", "    thing: {type: string}\n    Thing: {")
    )
    generate()
    assert "class Thing(" in Path("out/things/models.py").read_text()


@pytest.mark.parametrize("extra", [("--name", "class"), ("--name", "../x"), ("--name", "a-b")])
def test_a_name_that_is_no_package_s_is_refused(generate: Generate, extra: tuple[str, str]) -> None:
    ended = generate(*extra)
    assert ended.code == 2
    assert not Path("out").exists()


def test_an_output_that_cannot_be_written_is_one_line(generate: Generate) -> None:
    Path("out").write_text("")
    ended = generate()
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1


def test_faults_that_do_not_matter_to_the_client_are_said_and_waived(generate: Generate) -> None:
    Path("things.yaml").write_text(API.replace("description: The thing.", "summary: 1"))
    ended = generate()
    assert ended.code == 0
    assert "things.yaml:11:9 invalid-openapi" in ended.err


def test_machines_read_what_was_done_and_what_differs(generate: Generate) -> None:
    (done,) = json.loads(generate("--format", "json").out)
    assert "things/models.py" in done["written"]
    module().unlink()
    (checked,) = json.loads(generate("--check", "--format", "json").out)
    assert checked["differences"] == [
        {"path": "things/things.py", "kind": "missing", "causes": ["hand edit"]}
    ]


def test_schemas_in_other_files_are_called_by_file_or_key(generate: Generate) -> None:
    Path("schemas").mkdir()
    Path("schemas/pet-owner.yaml").write_text(
        "type: object\nproperties:\n  home: {$ref: 'shared.yaml#/Address'}\n"
        "  shape: {type: object, properties: {a: {type: string}}}\n"
    )
    Path("schemas/shared.yaml").write_text("Address: {type: object, properties: {zip: {}}}\n")
    reference = "{$ref: schemas/pet-owner.yaml}"
    Path("things.yaml").write_text(API.replace('{$ref: "#/components/schemas/Thing"}', reference))
    assert generate().code == 0
    models = Path("out/things/models.py").read_text()
    for name in ("PetOwner", "Address", "PetOwnerShape"):
        assert f"class {name}(Model" in models


def test_what_is_left_out_is_waived_by_its_code_alone(generate: Generate) -> None:
    Path("more.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
        "actions: [{target: $.nothing, update: {a: 1}}]\n"
    )
    refused = generate("--overlay", "more.yaml")
    assert (refused.code, Path("out").exists()) == (1, False)
    assert "more.yaml:3:12 overlay-no-match" in refused.err
    assert generate("--overlay", "more.yaml", "--allow", "invalid-example").code == 1
    misspelt = generate("--overlay", "more.yaml", "--allow", "overlay-nomatch")
    assert misspelt.code == 2
    assert "overlay-no-match" in misspelt.err
    assert generate("--overlay", "more.yaml", "--allow", "overlay-no-match").code == 0
    assert module().exists()


def test_a_part_holds_what_it_needs_and_nothing_else(generate: Generate) -> None:
    wider = API.replace(
        "components:\n  schemas:\n",
        "  /other:\n    get:\n      operationId: getOther\n      tags: [Others]\n"
        '      responses: {"200": {description: d, content: {application/json:'
        ' {schema: {$ref: "#/components/schemas/Other"}}}}}\n'
        "components:\n  schemas:\n    Other: {type: object, properties: {o: {type: string}}}\n",
    )
    Path("things.yaml").write_text(wider)
    assert generate("--include-tag", "Things").code == 0
    models = Path("out/things/models.py").read_text()
    assert "class Thing(Model" in models
    assert "Other" not in models
    assert not Path("out/things/others.py").exists()
    assert generate().code == 0
    assert Path("out/things/others.py").exists()
    assert generate("--include-tag", "Things").code == 0
    assert not Path("out/things/others.py").exists()
