"""HTML and HAR: whole, offline, and proof against hostile text."""

from __future__ import annotations

import json
from html import escape
from html.parser import HTMLParser
from typing import Any

from generator.api.exchange import CallRecord, Request, Response
from generator.report import FORMATS, Coverage, Covered, Finding, Outcome, PartResult, Report

HOSTILE = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def report() -> Report:
    """A report in which every text is hostile."""
    sent = Request("POST", f"/things?{HOSTILE}=1", (("Accept", HOSTILE),), HOSTILE.encode())
    call = CallRecord("list", "me", sent, Response(200, (), HOSTILE.encode()), 0.25, "laws")
    finding = Finding(
        part="laws",
        rule="filter",
        operation="list",
        title=HOSTILE,
        message=HOSTILE,
        expected=HOSTILE,
        actual=HOSTILE,
        curl=HOSTILE,
        test=HOSTILE,
        calls=(call,),
    )
    return Report(
        title=HOSTILE,
        target="http://127.0.0.1:1",
        seed=3,
        seconds=1.5,
        findings=(finding,),
        accepted=(finding,),
        outcomes=(
            Outcome(operation="list", label=HOSTILE, calls=1, statuses={200: 1}, findings=1),
        ),
        parts=(PartResult(part="laws", calls=1, findings=1, seconds=1.0, notes=(HOSTILE,)),),
        records=(call,),
        coverage=(
            Coverage(
                operation="list",
                label=HOSTILE,
                statuses=(Covered(name="200", held=1), Covered(name="404", held=0)),
                parameters=(Covered(name=HOSTILE, held=1, broken=2),),
                keywords=(Covered(name=f"{HOSTILE}: maxLength", held=1),),
            ),
        ),
    )


class _Reader(HTMLParser):
    """Collects elements and what they load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.seen.add(tag)
        loading = [(n, v) for n, v in attrs if n in ("src", "href") or n[:2] == "on"]
        self.loads += [name for name, value in loading if not (value or "").startswith("#")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Elements close in order."""
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_runs_and_loads_nothing() -> None:
    reader = _Reader()
    reader.feed(FORMATS["html"](report()))
    assert reader.open == []
    assert {"script", "img", "link", "iframe"} & reader.seen == set()
    assert reader.loads == []


def test_the_page_shows_both_sides_and_the_matrix() -> None:
    page = FORMATS["html"](report())
    assert page.count('<details class="finding"') == 2
    assert "<h4>expected</h4>" in page
    assert "<h4>actual</h4>" in page
    assert f'<a href="#{report().findings[0].id}">1 in 1</a>' in page


def test_the_page_shows_coverage_by_status_parameter_and_keyword() -> None:
    page = FORMATS["html"](report())
    assert "200" in page
    assert escape(f"{HOSTILE}: maxLength") in page
    assert "1 of 2 statuses" in page


def test_the_archive_holds_every_call() -> None:
    log: Any = json.loads(FORMATS["har"](report()))["log"]
    assert log["version"] == "1.2"
    (entry,) = log["entries"]
    assert entry["request"]["method"] == "POST"
    assert entry["response"]["content"]["text"] == HOSTILE
    assert entry["time"] == 250.0
