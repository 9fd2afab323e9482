"""check, dump, explain and init."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.diagnostics import CODES
from generator.diff import RULES
from tests.behaviour.commands.conftest import ATLAS, Lockstep

FAULTY = """\
openapi: 3.1.0
info: {title: a, version: "1"}
paths:
  /a:
    get:
      responses: {"200": {description: fine, content: {text/plain: {schema: {type: string}, example: 1}}}}
"""


def test_check_says_that_a_description_is_fine(lockstep: Lockstep) -> None:
    ended = lockstep("check", ATLAS)
    assert (ended.code, ended.err) == (0, "")
    assert "15 operations" in ended.out


def test_check_explains_behaviours(lockstep: Lockstep) -> None:
    ended = lockstep("check", ATLAS, "--explain-behaviours")
    assert "listOrganizations: page-number pages of /results (x-lockstep-pagination)" in ended.out


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_check_prints_for_machines(form: str, tmp_path: Path, lockstep: Lockstep) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(FAULTY)
    ended = lockstep("check", path, "--format", form)
    assert ended.code == 1
    assert "invalid-example" in ended.out
    assert "6" in ended.out
    if form != "github":
        json.loads(ended.out)


def test_a_waived_code_does_not_fail(tmp_path: Path, lockstep: Lockstep) -> None:
    path = tmp_path / "api.yaml"
    path.write_text(FAULTY)
    assert lockstep("check", path).code == 1
    assert lockstep("check", path, "--allow", "invalid-example").code == 0


def test_dump_is_the_model_and_openapi_is_the_description(lockstep: Lockstep) -> None:
    model = json.loads(lockstep("dump", ATLAS).out)
    assert len(model["operations"]) == 15
    opened = lockstep("dump", "--openapi", "--without-security", "--without-extensions", ATLAS).out
    assert "x-lockstep" not in opened
    assert "securitySchemes" not in json.loads(opened)["components"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_explain_knows_every_code(code: str, lockstep: Lockstep) -> None:
    assert CODES[code].meaning in lockstep("explain", code).out


@pytest.mark.parametrize("rule", ["api-removed-without-deprecation", "response-body-max-set"])
def test_explain_knows_the_rules_of_the_change_report(rule: str, lockstep: Lockstep) -> None:
    ended = lockstep("explain", rule)
    assert ended.code == 0
    assert RULES[rule].doc in ended.out
    assert RULES[rule].says in ended.out


@pytest.mark.parametrize(
    ("rule", "code"),
    [("gone-after-delete", "F113"), ("negative-0123abcd", "F206"), ("pages-concatenate", "")],
)
def test_explain_says_the_code_of_a_fault(rule: str, code: str, lockstep: Lockstep) -> None:
    told = json.loads(lockstep("explain", rule, "--format", "json").out)
    assert told["fault"] == code
    assert f"Web Fuzzing Commons {code}" in lockstep("explain", rule).out or not code


def test_explain_names_what_is_near(lockstep: Lockstep) -> None:
    ended = lockstep("explain", "api-removed-without-deprication")
    assert (ended.code, "api-removed-without-deprecation" in ended.err) == (2, True)


def test_init_writes_a_configuration_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(ATLAS.read_text("utf-8"), encoding="utf-8")
    assert lockstep("init", "api.yaml").code == 0
    assert lockstep("check").code == 0
    assert lockstep("init").code == 2


def test_a_wrong_configuration_names_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lockstep: Lockstep
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lockstep.toml").write_text('[[api]]\nname = "a"\nspecs = "b"\n')
    ended = lockstep("check")
    assert ended.code == 2
    assert "specs" in ended.err
