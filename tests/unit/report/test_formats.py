"""The formats of a report, each read back by a parser of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.api.exchange import CallRecord, Request, Response
from generator.diagnostics import Span
from generator.report import FORMATS, Finding, Outcome, PartResult, Report, Severity

HOSTILE = "a]]>\x1b[31m\x00::error::x\n%0A\n```\n| <script> [b](c) [red]d"

CALL = CallRecord("listThings", "me", Request("GET", "/a", (), b"\xff"), Response(200), 0.1, "laws")
FINDING = Finding(
    part="laws",
    rule="filter",
    operation="listThings",
    title="name does not filter",
    message="A filter keeps exactly the matching items.",
    where=Span("spec/api v2.yaml", 12, 5),
    calls=(CALL,),
    curl="curl --request GET http://h/a",
    expected="1",
    actual="2",
)


def report(*findings: Finding) -> Report:
    """A report with these findings."""
    rows = (
        Outcome(operation="listThings", label="GET /a", calls=2, statuses={200: 2}, findings=1),
        Outcome(operation="getThing", label="GET /a/{id}", calls=0, statuses={}, findings=0),
    )
    parts = (PartResult(part="laws", calls=2, findings=1, seconds=0.5, notes=("guard: no child",)),)
    return Report(
        title="Things 1",
        target="http://h",
        seed=3,
        seconds=1.5,
        findings=findings,
        outcomes=rows,
        parts=parts,
    )


def hostile() -> Iterator[Finding]:
    """Findings whose text tries to leave its place."""
    for member in ("title", "message", "expected", "actual", "operation"):
        yield replace(FINDING, **{member: HOSTILE})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("findings", [(), (FINDING,)], ids=["none", "one"])
def test_every_format_gives_text_that_ends_in_a_line(
    name: str, findings: tuple[Finding, ...]
) -> None:
    text = FORMATS[name](report(*findings))
    assert text == "" or text.endswith("\n")
    assert not findings or "filter" in text or name in ("har", "record")


def test_json_says_everything() -> None:
    data: Any = json.loads(FORMATS["json"](report(FINDING)))
    assert data["version"] == 1
    assert data["failed"] is True
    assert data["findings"][0]["id"] == FINDING.id
    assert data["findings"][0]["where"] == {"file": "spec/api v2.yaml", "line": 12, "column": 5}
    assert data["findings"][0]["calls"][0]["request"]["body"] == "\\xff"
    assert [row["reached"] for row in data["operations"]] == [True, False]
    assert data["parts"][0]["notes"] == ["guard: no child"]


def test_junit_counts_cases() -> None:
    warning = replace(FINDING, operation="other", severity=Severity.WARNING)
    root = ElementTree.fromstring(FORMATS["junit"](report(FINDING, warning)))
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [each.get("name") for each in suite.iter("testcase")] == ["listThings", "other"]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.text is not None
    assert FINDING.curl in failure.text


def test_sarif_points_at_the_line() -> None:
    log: Any = json.loads(FORMATS["sarif"](report(FINDING)))
    result = log["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "spec/api%20v2.yaml"
    assert place["region"] == {"startLine": 12, "startColumn": 5}
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "filter"


def test_github_annotates_the_line() -> None:
    line = FORMATS["github"](report(FINDING))
    assert line.startswith("::error file=spec/api v2.yaml,line=12,col=5,title=filter-")


def test_text_shows_silence_and_notes() -> None:
    text = FORMATS["text"](report(FINDING))
    assert "spec/api v2.yaml:12:5" in text
    assert "never" in text
    assert "guard: no child" in text
    assert "1 of 2 operations" in text


@pytest.mark.parametrize(
    "finding", list(hostile()), ids=["title", "message", "a", "b", "operation"]
)
def test_no_text_leaves_its_place(finding: Finding) -> None:
    told = report(finding)
    assert "\x1b" not in FORMATS["text"](told)
    assert "\x00" not in FORMATS["text"](told)
    commands = [line for line in FORMATS["github"](told).splitlines() if line.startswith("::")]
    assert len(commands) == 1
    assert len(FORMATS["github"](told).splitlines()) == 1
    ElementTree.fromstring(FORMATS["junit"](told))
    json.loads(FORMATS["sarif"](told))
    outside = FORMATS["markdown"](told).split("````")[0]
    assert "<script>" not in outside


def test_sarif_describes_rules_and_says_both_sides() -> None:
    says = {"filter": "A filter keeps what matches. It takes nothing else."}
    fault = replace(report(replace(FINDING, fault="F113")), rules=says)
    log: Any = json.loads(FORMATS["sarif"](fault))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "A filter keeps what matches."
    assert rule["fullDescription"]["text"] == says["filter"]
    assert "F113" in rule["help"]["text"]
    assert "lockstep explain filter" in rule["help"]["text"]
    told = log["runs"][0]["results"][0]["message"]["text"].splitlines()
    assert told[0] == f"listThings: {FINDING.title}"
    assert {"Expected: 1", "Actual: 2", FINDING.curl} <= set(told)


def test_sarif_leads_from_a_rule_to_the_code_of_its_fault() -> None:
    log: Any = json.loads(FORMATS["sarif"](report(replace(FINDING, fault="F113"))))
    (run,) = log["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    (relation,) = rule["relationships"]
    taxonomy = run["taxonomies"][relation["target"]["toolComponent"]["index"]]
    assert relation["target"]["id"] == "F113"
    assert taxonomy["taxa"] == [{"id": "F113"}]
