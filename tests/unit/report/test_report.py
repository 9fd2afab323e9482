"""Findings, rows, redaction and curl lines."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from generator.api.exchange import CallRecord, Request, Response
from generator.diagnostics import Span, Where
from generator.report import CurlAuth, Finding, Report, Severity, curl, redact, tally

WHERE = Where("api.yaml", "/paths/~1things/get")


def finding(**changes: object) -> Finding:
    """A finding with some members changed."""
    whole = Finding(
        part="laws",
        rule="filter",
        operation="listThings",
        title="name does not filter",
        message="A filter keeps exactly the matching items.",
        where=WHERE,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def call(operation: str, status: int) -> CallRecord:
    """A recorded call."""
    return CallRecord(operation, "", Request("GET", "/things"), Response(status), 0.0, "laws")


def test_the_id_depends_on_what_is_wrong_alone() -> None:
    same = finding(message="other", calls=(call("listThings", 200),), actual="x", where=None)
    assert finding().id == same.id
    assert finding().id.startswith("filter-")


@pytest.mark.parametrize("member", ["part", "rule", "operation", "title"])
def test_the_id_tells_faults_apart(member: str) -> None:
    assert finding(**{member: "another"}).id != finding().id


def test_a_report_is_located_once_and_for_all() -> None:
    report = Report(title="t", target="", seed=0, seconds=0, findings=(finding(),))
    assert report.located(lambda _: Span("api.yaml", 7, 3)).findings[0].where == Span(
        "api.yaml", 7, 3
    )


def test_only_errors_fail() -> None:
    warning = finding(severity=Severity.WARNING)
    assert not Report(title="", target="", seed=0, seconds=0, findings=(warning,)).failed
    assert Report(title="", target="", seed=0, seconds=0, findings=(warning, finding())).failed


def test_rows_count_calls_and_show_silence() -> None:
    calls = [call("a", 200), call("a", 404), call("a", 404), call("", 405)]
    rows = tally({"a": "GET /a", "b": "GET /b"}, calls, [finding(operation="a")])
    assert [(row.operation, row.calls, row.findings) for row in rows] == [("a", 3, 1), ("b", 0, 0)]
    assert rows[0].statuses == {200: 1, 404: 2}
    assert (rows[0].reached, rows[1].reached) == (True, False)


def test_a_refusal_is_not_reached() -> None:
    assert not tally({"a": "GET /a"}, [call("a", 302), call("a", 404)], [])[0].reached


def test_nothing_secret_is_left_in_a_record() -> None:
    request = Request(
        "POST",
        "/things?key=hunter2",
        (("Authorization", 'Digest response="abc"'), ("Cookie", "a=b"), ("X-Key", "hunter2")),
        b'{"again": "hunter2"}',
    )
    response = Response(200, (("Set-Cookie", "s=1"),), b"hunter2")
    told = repr(redact(CallRecord("a", "", request, response, 0, ""), ["hunter2"], ["x-key"]))
    assert "hunter2" not in told
    assert "abc" not in told
    assert "a=b" not in told
    assert "s=1" not in told
    assert "Digest [redacted]" in told


def test_an_empty_secret_redacts_nothing() -> None:
    record = CallRecord("a", "", Request("GET", "/a", (), b"x"), Response(200), 0, "")
    assert redact(record, [""]).request.body == b"x"


def test_secrets_that_the_server_gives_out_are_not_kept() -> None:
    body = rb'{"privateKey": "a\"b", "other": "privateKey", "x": {"privateKey":"c"}}'
    record = CallRecord("a", "", Request("GET", "/a"), Response(200, (), body), 0, "")
    told = redact(record, members=["privateKey"]).response.body
    assert told == (
        b'{"privateKey": "[redacted]", "other": "privateKey", "x": {"privateKey":"[redacted]"}}'
    )


def test_a_finding_tells_no_secret() -> None:
    told = finding(message="hunter2", actual="hunter2", expected="hunter2", curl="hunter2")
    assert "hunter2" not in repr(told.redacted(["hunter2", ""]))


def words(line: str) -> list[str]:
    """The line as a shell would split it."""
    shown = subprocess.run(
        ["/bin/sh", "-c", f"curl() {{ printf '%s\\n' \"$@\"; }}; SECRET='a b'; {line}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return shown.stdout.splitlines()


def test_a_curl_line_survives_the_shell() -> None:
    request = Request(
        "PATCH",
        "/a?b=$(touch%20x)&c='",
        (("Accept", "*/*"), ("X", "no"), ("Content-Type", "a/b")),
        b"'$HOME`id`",
    )
    line = curl(request, "http://h:1", CurlAuth(kind="digest", user="us'er", variable="SECRET"))
    given = words(line)
    assert given[-1] == "http://h:1/a?b=$(touch%20x)&c='"
    assert given[given.index("--data-binary") + 1] == "'$HOME`id`"
    assert given[given.index("--user") + 1] == "us'er:a b"
    assert given.count("--header") == 3
    assert "a b" not in line


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (CurlAuth(kind="bearer", variable="SECRET"), "Authorization: Bearer a b"),
        (CurlAuth(kind="key", variable="SECRET", header="X-Key"), "X-Key: a b"),
    ],
)
def test_a_curl_line_names_the_variable(auth: CurlAuth, expected: str) -> None:
    given = words(curl(Request("GET", "/a"), "http://h", auth))
    assert expected in given
