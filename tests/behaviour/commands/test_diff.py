"""`lockstep diff`: formats, levels, approvals, revisions of git, and how it ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from generator.diff import RULES
from tests.behaviour.commands.conftest import ROOT, Lockstep

BASE = """\
openapi: 3.1.0
info: {title: Pets, version: "1.0"}
paths:
  /pets:
    post:
      operationId: addPet
      parameters:
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties: {name: {type: string, maxLength: 20}}
      responses: {"200": {description: fine}}
"""
REVISION = BASE.replace("maxLength: 20", "maxLength: 10").replace(
    "      parameters:\n        - {name: dry, in: query, schema: {type: boolean}}\n", ""
)
FIELDS = "id level message method path pointer base revision witness proof approved touches".split()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    base.write_text(BASE)
    revision.write_text(REVISION)
    return base, revision


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)
    assert isinstance(found, list)
    return found


def test_rows_have_both_positions_and_a_value(pair: tuple[Path, Path], lockstep: Lockstep) -> None:
    ended = lockstep("diff", *pair, "--format", "json")
    assert (ended.code, ended.err) == (1, "")
    found = {each["id"]: each for each in rows(ended.out)}
    row = found["request-property-max-length-decreased"]
    assert sorted(row) == sorted(FIELDS)
    assert (row["level"], row["method"], row["path"]) == ("breaking", "POST", "/pets")
    assert row["base"] == {"file": str(pair[0]), "line": 14, "column": 28}
    assert row["revision"]["file"] == str(pair[1])
    assert row["revision"]["line"] == 12
    assert jsonschema_rs.is_valid({"maxLength": 20}, row["witness"])
    assert not jsonschema_rs.is_valid({"maxLength": 10}, row["witness"])
    removed = found["request-parameter-removed"]
    assert (removed["level"], removed["revision"]) == ("warning", None)
    assert removed["base"]["line"] == 8


RECORD = """\
{"version": 1, "title": "t", "target": "http://h", "run": "r", "callers": []}
{"operation": "addPet", "principal": "p", "part": "smoke", "seconds": 0.1, \
"request": {"method": "POST", "target": "/pets", "headers": [], "body": ""}, \
"response": {"status": 200, "headers": [], "body": ""}}
"""


def test_a_row_says_which_tests_it_touches(
    pair: tuple[Path, Path], tmp_path: Path, lockstep: Lockstep
) -> None:
    record, baseline = tmp_path / "run.jsonl", tmp_path / "known.toml"
    record.write_text(RECORD)
    baseline.write_text(
        '[[accepted]]\nid = "not_a_server_error-01234567"\nreason = "r"\nowner = "o"\n'
        "expires = 9999-01-01\n"
    )
    options = ("--record", record, "--baseline", baseline)
    found = rows(lockstep("diff", *pair, *options, "--format", "json").out)
    row = next(each for each in found if each["id"] == "request-property-max-length-decreased")
    assert row["touches"]["calls"] == [2]
    assert row["touches"]["accepted"] == ["not_a_server_error-01234567"]
    for form in ("text", "markdown", "html"):
        out = lockstep("diff", *pair, *options, "--format", form).out.replace("\\", "")
        assert "Touches 1 recorded calls" in out
    quiet = rows(lockstep("diff", *pair, "--format", "json").out)
    assert {each["touches"] for each in quiet} == {None}


def test_a_record_that_is_none_is_refused(
    pair: tuple[Path, Path], tmp_path: Path, lockstep: Lockstep
) -> None:
    record = tmp_path / "run.jsonl"
    assert lockstep("diff", *pair, "--record", record).code == 2
    record.write_text("none")
    assert lockstep("diff", *pair, "--record", record).code == 2


def test_laws_about_what_changed_are_named(tmp_path: Path, lockstep: Lockstep) -> None:
    atlas = (ROOT / "spec/atlas-v2.yaml").read_text()
    revision = tmp_path / "revision.yaml"
    revision.write_text(atlas.replace("match: prefix-ignore-case", "match: exact"))
    found = rows(
        lockstep("diff", ROOT / "spec/atlas-v2.yaml", revision, "--tests", "--format=json").out
    )
    row = next(each for each in found if each["id"] == "behaviour-filter-changed")
    assert "filter" in row["touches"]["laws"]
    assert "gone-after-delete" not in row["touches"]["laws"]


def test_text_says_what_follows_for_the_version(
    pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    out = lockstep("diff", *pair).out
    assert "POST /pets" in out
    assert "base.yaml:14:28 -> " in out
    assert "Shown by" in out
    assert RULES["request-property-max-length-decreased"].doc in out
    assert "version: major, client: major" in out


def test_a_description_and_itself_differ_in_nothing(
    pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    ended = lockstep("diff", pair[0], pair[0])
    assert (ended.code, "nothing changed" in ended.out) == (0, True)
    assert rows(lockstep("diff", pair[0], pair[0], "--format", "json").out) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--level", "request-property-max-length-decreased=info"), 1),
        (
            (
                "--level=request-property-max-length-decreased=info",
                "--level=client-name-removed=info",
                "--level=client-signature-narrowed=info",
            ),
            0,
        ),
        (
            (
                "--level=request-property-max-length-decreased=info",
                "--level=client-name-removed=info",
                "--level=client-signature-narrowed=info",
                "--fail-on=warning",
            ),
            1,
        ),
        (("--level", "no-such-rule=info"), 2),
        (("--level", "request-parameter-removed=grave"), 2),
        (("--deprecation-days", "stable=soon"), 2),
        (("--fail-on", "everything"), 2),
    ],
)
def test_how_it_ends(
    arguments: tuple[str, ...], code: int, pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    assert lockstep("diff", *pair, *arguments).code == code


@pytest.mark.parametrize("text", ["", "paths: [", "openapi: 9.9.9\n", "- a\n"])
def test_what_cannot_be_read_ends_with_two(
    text: str, pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    pair[1].write_text(text)
    ended = lockstep("diff", *pair)
    assert (ended.code, ended.out) == (2, "")
    assert "revision.yaml" in ended.err
    assert lockstep("diff", pair[0], pair[1].with_name("absent.yaml")).code == 2


APPROVAL = """\
[[approved]]
rule = "{rule}"
pointer = "{pointer}"
reason = "agreed"
owner = "guild"
expires = 9999-01-01
"""


def approvals(found: list[dict[str, Any]]) -> str:
    return "".join(
        APPROVAL.format(rule=each["id"], pointer=each["pointer"])
        for each in found
        if each["level"] == "breaking"
    )


def test_what_is_approved_does_not_fail(
    pair: tuple[Path, Path], tmp_path: Path, lockstep: Lockstep
) -> None:
    baseline = tmp_path / "baseline.toml"
    baseline.write_text(approvals(rows(lockstep("diff", *pair, "--format", "json").out)))
    ended = lockstep("diff", *pair, "--baseline", baseline, "--format", "json")
    assert ended.code == 0
    assert {r["approved"] for r in rows(ended.out) if r["level"] == "breaking"} == {"agreed"}
    baseline.write_text(baseline.read_text() + APPROVAL.format(rule="x", pointer="/y"))
    ended = lockstep("diff", *pair, "--baseline", baseline)
    assert ended.code == 1
    assert "approval-unused" in ended.out
    baseline.write_text("[[approved]]")
    assert lockstep("diff", *pair, "--baseline", baseline).code == 2


@pytest.mark.parametrize("form", ["markdown", "github", "junit", "sarif", "html"])
def test_every_format_names_the_rule_and_ends_alike(
    form: str, pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    ended = lockstep("diff", *pair, "--format", form)
    assert ended.code == 1
    assert "request-property-max-length-decreased" in ended.out
    if form == "sarif":
        (run,) = json.loads(ended.out)["runs"]
        result = next(r for r in run["results"] if r["ruleId"].startswith("request-property"))
        assert result["relatedLocations"]
    elif form == "junit":
        ElementTree.fromstring(ended.out)


def test_overlays_belong_to_a_side(
    pair: tuple[Path, Path], tmp_path: Path, lockstep: Lockstep
) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: o, version: '1'}\n"
        "actions:\n- target: $.paths['/pets'].post\n  update: {operationId: putPet}\n"
    )
    base = pair[0]
    changed = rows(
        lockstep("diff", base, base, "--overlay-revision", overlay, "--format", "json").out
    )
    assert "api-operation-id-removed" in {each["id"] for each in changed}
    both = ("--overlay-base", overlay, "--overlay-revision", overlay)
    assert rows(lockstep("diff", base, base, *both, "--format", "json").out) == []


def test_prefixes_can_be_cut_off(tmp_path: Path, lockstep: Lockstep) -> None:
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    base.write_text(BASE.replace("/pets", "/v1/pets"))
    revision.write_text(BASE.replace("/pets", "/v2/pets"))
    cut = ("--strip-prefix-base", "/v1", "--strip-prefix-revision", "/v2", "--format", "json")
    found = {each["id"] for each in rows(lockstep("diff", base, revision, *cut).out)}
    assert found == {"api-server-path-changed", "api-version-not-bumped"}


def test_a_revision_of_git_is_read(
    tmp_path: Path, lockstep: Lockstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def git(*arguments: str) -> None:
        author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        subprocess.run(["git", *author, *arguments], check=True, capture_output=True)

    (tmp_path / "api.yaml").write_text(BASE)
    git("init", "-q")
    git("add", "api.yaml")
    git("commit", "-qm", "base")
    (tmp_path / "api.yaml").write_text(REVISION)
    ended = lockstep("diff", "HEAD:api.yaml", "api.yaml", "--format", "json")
    assert ended.code == 1
    found = {each["id"] for each in rows(ended.out)}
    assert "request-property-max-length-decreased" in found
    assert lockstep("diff", "HEAD:absent.yaml", "api.yaml").code == 2
    assert lockstep("diff", "--", "--output=x:api.yaml", "api.yaml").code == 2


def test_hostile_text_reaches_no_terminal(pair: tuple[Path, Path], lockstep: Lockstep) -> None:
    pair[1].write_text(REVISION.replace("{name:", '{"\\e[31m<b>": {}, name:'))
    assert "\x1b" not in lockstep("diff", *pair).out
    assert "<b>" not in lockstep("diff", *pair, "--format", "html").out


def test_markdown_is_a_changelog(pair: tuple[Path, Path], lockstep: Lockstep) -> None:
    out = lockstep("diff", *pair, "--format", "markdown").out
    assert out.index("## Breaking") < out.index("## Worth a look")
    assert "- **POST /pets**: query parameter 'dry': dry was removed" in out


def test_what_is_said_of_many_operations_is_said_once(tmp_path: Path, lockstep: Lockstep) -> None:
    base, revision = tmp_path / "base.yaml", tmp_path / "revision.yaml"
    operation = (
        "{parameters: [{$ref: '#/components/parameters/P'}], responses: {'200': {description: a}}}"
    )
    text = (
        "openapi: 3.1.0\ninfo: {title: a, version: '1'}\n"
        f"paths: {{/a: {{get: {operation}, put: {operation}}}, /b: {{get: {operation}}}}}\n"
        "components: {parameters: {P: {name: p, in: query, schema: {type: integer, maximum: 9}}}}\n"
    )
    base.write_text(text)
    revision.write_text(text.replace("maximum: 9", "maximum: 7"))
    out = lockstep("diff", base, revision).out
    assert out.count("the maximum was decreased from 9 to 7") == 1
    assert out.count("Shown by 8, which only the base describes.") == 1
    assert [line.strip() for line in out.splitlines() if line.startswith("      ")] == [
        "GET /a",
        "PUT /a",
        "GET /b",
    ]


HOSTILE = {
    "text": "\x1b[31m",
    "markdown": "<img src=x>",
    "html": "<img src=x>",
    "github": "\n::error::owned",
    "junit": "<img src=x>",
    "sarif": "\x1b[31m",
    "json": "\x1b[31m",
}


@pytest.mark.parametrize("form", HOSTILE)
def test_hostile_text_does_no_harm_in_any_format(
    form: str, pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    name = json.dumps("\x1b[31m<img src=x>\n::error::owned](javascript:x)[/red]`|")
    pair[1].write_text(REVISION.replace("{name:", f"{{{name}: {{}}, name:"))
    ended = lockstep("diff", *pair, "--format", form)
    assert ended.code == 1
    assert "owned" in ended.out
    assert HOSTILE[form] not in ended.out
    if form in ("sarif", "json"):
        json.loads(ended.out)
    elif form == "junit":
        ElementTree.fromstring(ended.out)


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github", "junit", "sarif", "html"])
def test_every_format_has_the_lines_of_both_files(
    form: str, pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    out = lockstep("diff", *pair, "--format", form).out
    if form == "json":
        row = next(r for r in json.loads(out) if "max-length" in r["id"])
        assert (row["base"]["line"], row["revision"]["line"]) == (14, 12)
    elif form == "sarif":
        (run,) = json.loads(out)["runs"]
        found = next(r for r in run["results"] if "max-length" in r["ruleId"])
        places = (*found["locations"], *found["relatedLocations"])
        lines = [each["physicalLocation"]["region"]["startLine"] for each in places]
        assert lines == [12, 14]
    else:
        plain = out.replace("\\", "")
        assert "base.yaml:14:28" in plain
        assert "revision.yaml:12:28" in plain or "revision.yaml,line=12,col=28" in plain


def test_annotations_come_with_a_summary(
    pair: tuple[Path, Path],
    tmp_path: Path,
    lockstep: Lockstep,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert lockstep("diff", *pair, "--format", "github").out.startswith("::")
    assert summary.read_text().startswith("before\n# Changes from ")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert lockstep("diff", *pair, "--format", "github").code == 2


CONFIGURED = """\
[diff]
fail_on = "{fail_on}"
baseline = "{baseline}"
least_stability = "draft"
[diff.levels]
request-property-max-length-decreased = "info"
client-name-removed = "info"
client-signature-narrowed = "info"
[diff.deprecation_days]
stable = 30
"""


@pytest.mark.parametrize(
    ("fail_on", "arguments", "code"),
    [
        ("breaking", (), 0),
        ("warning", (), 1),
        ("warning", ("--fail-on", "breaking"), 0),
        ("breaking", ("--level", "client-name-removed=breaking"), 1),
        ("sometimes", (), 2),
    ],
)
def test_a_configuration_decides_where_no_option_does(
    fail_on: str,
    arguments: tuple[str, ...],
    code: int,
    pair: tuple[Path, Path],
    tmp_path: Path,
    lockstep: Lockstep,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lockstep.toml").write_text(CONFIGURED.format(fail_on=fail_on, baseline=""))
    assert lockstep("diff", *pair, *arguments).code == code


def test_the_baseline_of_a_configuration_lies_beside_it(
    pair: tuple[Path, Path], tmp_path: Path, lockstep: Lockstep, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    (tmp_path / "known.toml").write_text(APPROVAL.format(rule="x", pointer="/y"))
    (tmp_path / "lockstep.toml").write_text(
        CONFIGURED.format(fail_on="never", baseline="known.toml")
    )
    ended = lockstep("diff", *pair)
    assert (ended.code, "approval-unused" in ended.out) == (1, True)


@pytest.mark.parametrize("level", ['no-such-rule = "info"', 'api-tag-added = "grave"'])
def test_a_configuration_that_names_no_rule_or_level_is_refused(
    level: str,
    pair: tuple[Path, Path],
    tmp_path: Path,
    lockstep: Lockstep,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lockstep.toml").write_text(f"[diff.levels]\n{level}\n")
    ended = lockstep("diff", *pair)
    assert (ended.code, ended.out) == (2, "")


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """A server of the files in a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_url_is_read_only_where_that_is_allowed(
    pair: tuple[Path, Path], host: str, lockstep: Lockstep
) -> None:
    url = f"{host}/base.yaml"
    refused = lockstep("diff", url, pair[1])
    assert (refused.code, "--allow-remote" in refused.err) == (2, True)
    ended = lockstep("diff", url, pair[1], "--allow-remote", "--format", "json")
    assert ended.code == 1
    found = next(r for r in rows(ended.out) if r["id"] == "request-property-max-length-decreased")
    assert found["base"] == {"file": url, "line": 14, "column": 28}


@pytest.mark.parametrize("name", ["absent.yaml", ""])
def test_a_url_that_cannot_be_read_ends_with_two(
    name: str, pair: tuple[Path, Path], host: str, lockstep: Lockstep
) -> None:
    ended = lockstep("diff", f"{host}/{name}", pair[1], "--allow-remote")
    assert (ended.code, ended.out) == (2, "")


def test_a_url_with_a_secret_in_it_is_neither_read_nor_shown(
    pair: tuple[Path, Path], lockstep: Lockstep
) -> None:
    ended = lockstep("diff", "http://me:s3cret@127.0.0.1:9/a", pair[1], "--allow-remote")
    assert (ended.code, "s3cret" in ended.out + ended.err) == (2, False)
