"""Findings of one cause are one row for people, and all of them for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.report import FORMATS, Finding, Outcome, Severity
from generator.report.kin import MOST_ALONE, by_reason, kin
from tests.unit.report.test_formats import FINDING, report


def refused(count: int, expected: str = "400", actual: str = '401 {"no": 1}') -> Iterator[Finding]:
    """So many wrong calls that were answered alike."""
    for number in range(count):
        yield replace(
            FINDING,
            rule="negative",
            operation=f"operation{number % 3}",
            title=f"wrong in way {number}",
            expected=expected,
            actual=actual,
        )


def test_kin_have_rule_severity_and_statuses_in_common() -> None:
    warning = replace(next(refused(1)), severity=Severity.WARNING)
    other = replace(next(refused(1)), rule="another")
    groups = kin([*refused(3), *refused(2, "400 or 415"), *refused(1, "404"), warning, other])
    assert [len(each.findings) for each in groups] == [3, 2, 1, 1, 1]
    assert (groups[1].expected, groups[1].answered) == ("400 or 415", "401")


def test_without_statuses_the_last_answer_counts() -> None:
    (group,) = kin([FINDING, replace(FINDING, title="another")])
    assert (group.expected, group.answered) == ("", "200")


@pytest.mark.parametrize("count", [1, MOST_ALONE, MOST_ALONE + 1, 200])
def test_many_alike_are_one_row(count: int) -> None:
    given = report(*refused(count))
    told = FORMATS["text"](given).count("error negative-")
    page = FORMATS["html"](given)
    assert told == (count if count <= MOST_ALONE else 1)
    assert page.count('class="finding kin"') == (0 if count <= MOST_ALONE else 1)
    assert all(each.id in page for each in given.findings)
    assert len(json.loads(FORMATS["json"](given))["findings"]) == count
    assert len(json.loads(FORMATS["sarif"](given))["runs"][0]["results"]) == count


def test_a_row_says_how_many_what_and_where() -> None:
    text = FORMATS["text"](report(*refused(200)))
    said = "one of 200 alike (negative, 400 expected, 401 answered)"
    assert f"{said}: operation0 67, operation1 67, operation2 66" in text


def test_a_long_message_hides_neither_side() -> None:
    long = replace(FINDING, message="\n".join(f"line {number}" for number in range(99)))
    text = FORMATS["text"](report(long))
    assert "line 7" in text
    assert "line 8" not in text
    assert "expected  1" in text
    assert "actual    2" in text


def test_what_is_not_judged_is_told_once_a_reason() -> None:
    notes = ("guard on a: no child", "filter on 2 operations: no child", "page on b: x: y", "late")
    assert by_reason(notes) == {
        "no child": ["guard on a", "filter on 2 operations"],
        "x: y": ["page on b"],
        "": ["late"],
    }


def test_a_server_of_something_else_is_doubted() -> None:
    row = Outcome(operation="a", label="GET /a", calls=9, statuses={404: 9}, findings=0)
    fine = Outcome(operation="b", label="GET /b", calls=9, statuses={200: 1, 404: 8}, findings=0)
    said = "is http://h where this API is?"
    assert said in FORMATS["text"](replace(report(), outcomes=(row,)))
    assert said not in FORMATS["text"](replace(report(), outcomes=(row, fine)))
    assert said not in FORMATS["text"](replace(report(), outcomes=()))
