"""Approvals: what they take out, when they end, and that they cannot rot."""

from __future__ import annotations

from datetime import date

import pytest

from generator.diagnostics import Where
from generator.report import BaselineError, Finding, apply_approvals, read_approvals

TODAY = date(2026, 1, 1)
APPROVED = """\
[[approved]]
rule = "request-parameter-removed"
pointer = "/paths/~1a"
from = "x"
reason = "nobody sends it"
owner = "guild"
expires = 2026-06-30

[[accepted]]
id = "another table of the same file"
"""


def finding(**members: str) -> Finding:
    found = {"rule": "request-parameter-removed", "expected": "x", "actual": "", **members}
    pointer = found.pop("pointer", "/paths/~1a")
    return Finding(
        part="diff",
        operation="GET /a",
        title="gone",
        message="gone",
        where=Where("a.yaml", pointer),
        rule=found["rule"],
        expected=found["expected"],
        actual=found["actual"],
    )


def test_an_approval_covers_its_finding() -> None:
    applied = apply_approvals(read_approvals(APPROVED), [finding(rule="other"), finding()], TODAY)
    assert {n: each.reason for n, each in applied.approved.items()} == {1: "nobody sends it"}
    assert not applied.faults


@pytest.mark.parametrize("other", [{"rule": "other"}, {"pointer": "/paths/~1b"}, {"expected": "y"}])
def test_an_approval_that_matches_nothing_is_a_finding(other: dict[str, str]) -> None:
    applied = apply_approvals(read_approvals(APPROVED), [finding(**other)], TODAY)
    assert not applied.approved
    assert [each.rule for each in applied.faults] == ["approval-unused"]


def test_an_approval_ends() -> None:
    applied = apply_approvals(read_approvals(APPROVED), [finding()], date(2026, 7, 1))
    assert not applied.approved
    assert [each.rule for each in applied.faults] == ["approval-expired"]


def test_what_is_left_out_matches_anything() -> None:
    loose = read_approvals(APPROVED.replace('from = "x"\n', ""))
    assert apply_approvals(loose, [finding(expected="y")], TODAY).approved


def test_numbers_are_compared_as_they_are_told() -> None:
    approvals = read_approvals(APPROVED.replace('from = "x"', "from = 5\nto = 3"))
    assert apply_approvals(approvals, [finding(expected="5", actual="3")], TODAY).approved
    assert not apply_approvals(approvals, [finding(expected="5", actual="4")], TODAY).approved


@pytest.mark.parametrize(
    "text",
    [
        "[[approved]]",
        "not toml",
        APPROVED.replace("nobody sends it", " "),
        APPROVED.replace("2026-06-30", '"soon"'),
        APPROVED.replace("owner =", "boss ="),
    ],
)
def test_an_approval_without_reason_owner_or_end_is_refused(text: str) -> None:
    with pytest.raises(BaselineError):
        read_approvals(text)
