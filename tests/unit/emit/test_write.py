"""What is on disk, what would be written, why they differ, and what is never touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from generator.emit import Difference, Files, compare, difference, manifest_at, write
from generator.emit.manifest import Source
from tests.unit.plan.planned import rendered, thing

BODY = thing("        name: {type: string}")


@pytest.fixture(scope="module")
def files() -> Files:
    return rendered(BODY)


@pytest.fixture
def project(tmp_path: Path, files: Files) -> Path:
    write(tmp_path, files)
    return tmp_path


def remade(files: Files, path: str, text: str, **changed: object) -> Files:
    """The files with another text, made from something else."""
    texts = {**files.texts, path: text}
    manifest = msgspec.structs.replace(files.manifest, **changed)
    sealed = msgspec.structs.replace(manifest, files=dict.fromkeys(texts, "")).sealed()
    return replace(files, texts={**texts, files.manifest_path: sealed.text()}, manifest=sealed)


def test_a_fresh_project_is_as_it_was_generated(project: Path, files: Files) -> None:
    assert compare(project, files) == []
    assert (project / "acme" / "py.typed").is_file()
    assert write(project, files).written == ()


def test_everything_is_missing_before_the_first_time(tmp_path: Path, files: Files) -> None:
    found = compare(tmp_path, files)
    assert {each.path for each in found} == set(files.texts)
    assert {each.kind for each in found} == {"missing"}


def test_a_hand_edit_is_named_and_not_overwritten(project: Path, files: Files) -> None:
    edited = project / "acme" / "models.py"
    edited.write_text(edited.read_text() + "# mine\n")
    expected = Difference("acme/models.py", "changed", ("hand edit",))
    assert compare(project, files) == [expected]
    report = write(project, files)
    assert report.refused == (expected,)
    assert edited.read_text().endswith("# mine\n")
    assert "+" not in difference(project, files, "acme/models.py").splitlines()[-1]
    assert write(project, files, force=True).written == ("acme/models.py",)
    assert compare(project, files) == []


def test_one_hand_edit_keeps_everything_from_being_written(project: Path, files: Files) -> None:
    (project / "acme" / "client.py").write_text("mine")
    fresh = remade(files, "acme/models.py", "new")
    assert write(project, fresh).refused
    assert (project / "acme" / "models.py").read_text() == files.texts["acme/models.py"]


@pytest.mark.parametrize(
    ("cause", "changed"),
    [
        ("description", {"description": Source("api.yaml", "other")}),
        ("template", {"templates": "other"}),
        ("tool", {"tool": "9"}),
        ("options", {"options": {"http": "pyreqwest"}}),
    ],
)
def test_the_cause_is_what_the_manifests_differ_in(
    project: Path, files: Files, cause: str, changed: dict[str, object]
) -> None:
    fresh = remade(files, "acme/models.py", "new", **changed)
    found = {each.path: each for each in compare(project, fresh)}
    assert found["acme/models.py"].causes == (cause,)
    assert found["acme/manifest.json"].causes == (cause,)


def test_a_changed_runtime_is_the_cause_in_its_own_files(project: Path, files: Files) -> None:
    runtime = msgspec.structs.replace(files.manifest.runtime, sha256="other")
    fresh = remade(files, "acme/_runtime/auth.py", "new", runtime=runtime)
    found = {each.path: each for each in compare(project, fresh)}
    assert found["acme/_runtime/auth.py"].causes == ("runtime",)


def test_an_edited_manifest_is_a_hand_edit(project: Path, files: Files) -> None:
    path = project / "acme" / "manifest.json"
    path.write_text(path.read_text() + "\n")
    assert compare(project, files) == [Difference("acme/manifest.json", "changed", ("hand edit",))]


def test_a_removed_file_and_one_too_many_are_hand_edits(project: Path, files: Files) -> None:
    (project / "acme" / "client.py").unlink()
    (project / "acme" / "more.py").write_text("x = 1\n")
    assert [(each.path, each.kind) for each in compare(project, files)] == [
        ("acme/client.py", "missing"),
        ("acme/more.py", "extra"),
    ]
    write(project, files)
    assert (project / "acme" / "client.py").is_file()
    assert (project / "acme" / "more.py").is_file()


def test_what_is_no_longer_generated_is_removed(project: Path, files: Files) -> None:
    renamed = rendered(
        BODY.replace("operationId: doThing", "operationId: doThing\n      tags: [Other]")
    )
    found = {each.path: each.kind for each in compare(project, renamed)}
    assert found["acme/things.py"] == "stale"
    report = write(project, renamed)
    assert set(report.removed) == {"acme/things.py", "docs/things.md"}
    assert not (project / "acme" / "things.py").exists()
    assert compare(project, renamed) == []


def test_what_is_ours_to_leave_is_left(project: Path, files: Files) -> None:
    for path in ("acme/custom/mine.py", "acme/__pycache__/x.pyc", "notes.txt"):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text("mine")
    assert compare(project, files) == []
    write(project, files, force=True)
    assert (project / "acme" / "custom" / "mine.py").read_text() == "mine"


def test_a_file_that_a_killed_run_had_begun_is_no_difference(project: Path, files: Files) -> None:
    class Killed(BaseException):
        """Not even what comes finally is done."""

    def killed(self: Path, *_: object, **__: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.getpid", lambda: 1)
        patch.setattr(Path, "replace", killed)
        patch.setattr(Path, "unlink", killed)
        (project / "acme" / "models.py").write_text("")
        with pytest.raises(Killed):
            write(project, files, force=True)
    assert list((project / "acme").glob(".models.py.*"))
    write(project, files, force=True)
    assert compare(project, files) == []


def test_files_that_stand_without_a_manifest_are_not_overwritten(
    tmp_path: Path, files: Files
) -> None:
    (tmp_path / "README.md").write_text("somebody's own")
    assert write(tmp_path, files).refused
    assert (tmp_path / "README.md").read_text() == "somebody's own"
    assert not (tmp_path / "acme").exists()


@pytest.mark.parametrize("path", ["../out.py", "/out.py", "acme/../../out.py", "a\\b.py"])
def test_no_path_leaves_the_project(tmp_path: Path, files: Files, path: str) -> None:
    outside = replace(files, texts={path: "x"})
    with pytest.raises(ValueError, match="leaves the project"):
        write(tmp_path / "in", outside)


def test_no_link_leads_out_of_the_project(tmp_path: Path, files: Files) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "acme").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ValueError, match="by a link"):
        write(tmp_path / "in", files)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_names_that_stand_are_those_of_the_manifest(project: Path, files: Files) -> None:
    standing = manifest_at(project, files.package)
    assert standing is not None
    assert standing.names == files.manifest.names
    assert manifest_at(project / "nowhere", files.package) is None


def test_a_manifest_that_cannot_be_read_counts_as_none(project: Path, files: Files) -> None:
    (project / "acme" / "manifest.json").write_text("{")
    assert manifest_at(project, files.package) is None
    assert [each.path for each in compare(project, files)] == ["acme/manifest.json"]
