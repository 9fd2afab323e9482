"""Accepted findings: for a reason, by somebody, for a while, and no longer than they happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.report import BaselineError, Finding, Report, read_baseline, with_baseline

FINDING = Finding(part="laws", rule="filter", operation="list", title="no", message="It is so.")
TODAY = date(2026, 6, 1)


def text(identifier: str, expires: str = "2026-12-31", owner: str = "team") -> str:
    """A baseline of one entry."""
    return (
        f'[[accepted]]\nid = "{identifier}"\nreason = "Known."\n'
        f'owner = "{owner}"\nexpires = {expires}\n'
    )


def report(*findings: Finding) -> Report:
    """A report of these findings."""
    return Report(title="t", target="http://h", seed=0, seconds=0.0, findings=findings)


def test_what_is_accepted_no_longer_fails() -> None:
    judged = with_baseline(report(FINDING), read_baseline(text(FINDING.id)), TODAY)
    assert judged.findings == ()
    assert judged.accepted == (FINDING,)
    assert not judged.failed


def test_it_fails_again_when_its_time_is_over() -> None:
    entries = read_baseline(text(FINDING.id, "2026-05-31"))
    judged = with_baseline(report(FINDING), entries, TODAY)
    assert judged.failed
    assert "accepted until 2026-05-31" in judged.findings[0].message
    assert with_baseline(report(FINDING), read_baseline(text(FINDING.id, "2026-06-01")), TODAY)


def test_an_entry_that_no_longer_happens_fails() -> None:
    judged = with_baseline(report(), read_baseline(text(FINDING.id)), TODAY)
    assert judged.failed
    assert FINDING.id in judged.findings[0].title


def test_others_stay() -> None:
    other = replace(FINDING, title="another")
    judged = with_baseline(report(FINDING, other), read_baseline(text(FINDING.id)), TODAY)
    assert judged.findings == (other,)


@pytest.mark.parametrize(
    "wrong",
    [
        "[[accepted]]\n",
        text("a", owner=" "),
        text("a", expires='"soon"'),
        text("a") + "more = 1\n",
        "accepted = 3",
        "[",
    ],
)
def test_what_says_too_little_is_refused(wrong: str) -> None:
    with pytest.raises(BaselineError):
        read_baseline(wrong)
