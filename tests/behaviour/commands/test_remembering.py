"""What `lockstep generate` remembers, and that it never believes it wrongly."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import generate as command
from generator.cli import remembering, settled
from generator.cli.cache import remember
from generator.cli.program import stamp
from tests.behaviour.commands.conftest import Lockstep
from tests.described import described

PETS = described("""
    paths:
      /pets:
        get:
          operationId: listPets
          tags: [pets]
          responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}
      /pets/{id}:
        get:
          operationId: getPet
          tags: [pets, one]
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {"204": {description: none}}
      /keys:
        get: {operationId: listKeys, tags: [keys], responses: {"204": {description: none}}}
    """)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "pets.yaml"
    path.write_text(PETS, encoding="utf-8")
    return path


@pytest.fixture
def project(spec: Path, lockstep: Lockstep) -> Path:
    out = spec.parent / "out"
    assert lockstep("generate", spec, "-o", out, "--name", "pets").code == 0
    return out


def again(lockstep: Lockstep, spec: Path, *more: str) -> str:
    ended = lockstep("generate", spec, "-o", spec.parent / "out", "--name", "pets", *more)
    return ended.out.strip()


def test_a_project_that_is_up_to_date_is_not_generated_again(
    lockstep: Lockstep, spec: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "load", None)
    assert again(lockstep, spec) == f"{project}: up to date"
    assert again(lockstep, spec, "--check") == f"{project}: up to date"


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "description": lambda spec, _: spec.write_text(PETS.replace("listPets", "allPets")),
    "removed": lambda _, out: (out / "pets" / "client.py").unlink(),
    "edited": lambda _, out: (out / "pets" / "client.py").write_text("mine"),
    "extra": lambda _, out: (out / "pets" / "more.py").write_text("mine"),
    "manifest": lambda _, out: (out / "pets" / "manifest.json").write_text("{}"),
    "not UTF-8": lambda _, out: (out / "docs" / "models.md").write_bytes(b"\xff"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_is_seen(
    change: Callable[[Path, Path], object], lockstep: Lockstep, spec: Path, project: Path
) -> None:
    change(spec, project)
    ended = lockstep("generate", spec, "-o", project, "--name", "pets", "--check")
    assert ended.code == 1
    assert "up to date" not in ended.out


def test_what_was_said_is_said_again(lockstep: Lockstep, spec: Path) -> None:
    spec.write_text(PETS.replace("title: Test, ", ""), encoding="utf-8")
    call = ("generate", spec, "-o", spec.parent / "out", "--name", "pets")
    first, second = lockstep(*call), lockstep(*call)
    assert "invalid-openapi" in first.err
    assert second.err == first.err


def test_findings_of_the_validator_are_remembered(
    lockstep: Lockstep, spec: Path, project: Path
) -> None:
    folder = Path(os.environ["LOCKSTEP_CACHE"]) / "validated"
    (found,) = folder.iterdir()
    found.write_text(f'[["invalid-openapi", "as remembered", "{spec}", "/info"]]')
    assert "as remembered" in lockstep("generate", spec, "-o", project / "b", "--name", "b").err
    found.write_text("no JSON")
    assert "remembered" not in lockstep("generate", spec, "-o", project / "c", "--name", "c").err


def test_nothing_is_remembered_for_another_program(
    lockstep: Lockstep, spec: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = (Path(os.environ["LOCKSTEP_CACHE"]) / "validated").iterdir()
    found.write_text(f'[["invalid-openapi", "as remembered", "{spec}", "/info"]]')
    assert "as remembered" in lockstep("check", spec, "--format", "text").err
    for module in (remembering, settled):
        monkeypatch.setattr(module, "program_stamp", lambda: "another")
    with monkeypatch.context() as patch:
        patch.setattr(command, "load", None)
        with pytest.raises(TypeError):
            again(lockstep, spec)
    assert "remembered" not in lockstep("check", spec).err


def test_a_program_is_another_with_each_module_template_and_library(tmp_path: Path) -> None:
    program, libraries = tmp_path / "program", tmp_path / "libraries"
    (program / "deep").mkdir(parents=True)
    (libraries / "black-1.0.dist-info").mkdir(parents=True)
    module = program / "deep" / "module.py"
    module.write_text("a = 1")
    os.utime(module, ns=(1, 1))

    def now() -> str:
        return stamp([program], [str(libraries), str(tmp_path / "nowhere")])

    stamps = [now()]
    (program / "read.me").write_text("no part of it")
    assert now() == stamps[0]
    os.utime(module, ns=(2, 2))
    stamps.append(now())
    (program / "deep" / "client.py.jinja").write_text("{{ a }}")
    stamps.append(now())
    (libraries / "black-1.0.dist-info").rename(libraries / "black-1.1.dist-info")
    stamps.append(now())
    assert len(set(stamps)) == len(stamps)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (("--include-tag", "one"), {"getPet"}),
        (
            ("--include-operation", "listKeys", "--include-operation", "GET /pets"),
            {"listKeys", "listPets"},
        ),
        (("--include-path", "/pets*"), {"listPets", "getPet"}),
    ],
)
def test_only_a_part_is_generated(
    asked: tuple[str, ...], kept: set[str], lockstep: Lockstep, spec: Path, tmp_path: Path
) -> None:
    assert lockstep("generate", spec, "-o", tmp_path / "p", "--name", "p", *asked).code == 0
    manifest = (tmp_path / "p" / "p" / "manifest.json").read_text()
    assert {name for name in ("listPets", "getPet", "listKeys") if f'"{name}"' in manifest} == kept


def test_a_part_that_is_nowhere_is_an_error(lockstep: Lockstep, spec: Path, tmp_path: Path) -> None:
    ended = lockstep("generate", spec, "-o", tmp_path / "p", "--name", "p", "--include-tag", "cat")
    assert ended.code == 1
    assert "part-unmet no operation has tag 'cat'" in ended.err
    assert not (tmp_path / "p").exists()


def test_the_table_of_names_is_printed(lockstep: Lockstep, spec: Path) -> None:
    ended = lockstep("generate", spec, "-o", spec.parent / "none", "--name", "pets", "--names")
    assert ended.code == 0
    assert '"/paths/~1pets~1{id}/get": "get_pet"' in ended.out
    assert not (spec.parent / "none").exists()


def test_timings_have_a_line_a_stage(lockstep: Lockstep, spec: Path) -> None:
    ended = lockstep("generate", spec, "-o", spec.parent / "t", "--name", "t", "--timings")
    assert [re.split("% +", line)[-1] for line in ended.err.splitlines()] == [
        "compare with what is remembered",
        "validate",
        "read, resolve, build",
        "plan",
        "render",
        "find lines",
        "write",
        "of it, on all cores: print",
        "of it, on all cores: check the syntax trees",
        "of it, on all cores: style",
    ]


def test_without_cache_nothing_is_remembered(
    lockstep: Lockstep, spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = spec.parent / "remembered"
    monkeypatch.setenv("LOCKSTEP_CACHE", str(folder))
    assert again(lockstep, spec, "--no-cache").endswith("0 removed")
    assert not folder.exists()
    assert again(lockstep, spec).endswith("up to date")
    assert {each.name for each in folder.iterdir()} >= {"settled", "validated"}
    monkeypatch.setattr(command, "load", None)
    assert again(lockstep, spec).endswith("up to date")
    with pytest.raises(TypeError):
        again(lockstep, spec, "--no-cache")


def test_the_configuration_says_which_part_is_wanted(
    lockstep: Lockstep, spec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(spec.parent)
    Path("lockstep.toml").write_text(
        '[[api]]\nname = "part"\nspec = "pets.yaml"\nout = "part"\ninclude_tags = ["keys"]\n'
    )
    assert lockstep("generate").code == 0
    assert {each.name for each in Path("part/part").glob("[kp]*.py")} == {"keys.py"}


def test_processes_with_one_number_do_not_write_into_each_others_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh: list[Path] = []
    monkeypatch.setenv("LOCKSTEP_CACHE", str(tmp_path))
    monkeypatch.setattr(Path, "replace", lambda self, place: fresh.append(self))
    for text in (b"one", b"other"):
        remember("kind", "key", text)
    assert [each.read_bytes() for each in fresh] == [b"one", b"other"]
