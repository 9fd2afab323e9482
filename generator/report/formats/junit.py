"""JUnit XML: a suite a part, a case an operation and rule that failed, or that were fine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.report.finding import Finding, Severity
from generator.report.report import PartResult, Report

# XML 1.0, section 2.2: what may not stand in a document, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """The report as JUnit XML; a warning is written as passed with its text as output."""
    root = Element("testsuites", {"name": _clean(report.title), "time": f"{report.seconds:.3f}"})
    for part in (*report.parts, *_elsewhere(report)):
        _suite(root, part, report)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _elsewhere(report: Report) -> list[PartResult]:
    """A suite for what was found outside all parts: by clean-up, by a baseline."""
    known = {each.part for each in report.parts}
    found = Counter(each.part for each in report.findings if each.part not in known)
    return [PartResult(part=name, calls=0, findings=n, seconds=0) for name, n in found.items()]


def _suite(root: Element, part: PartResult, report: Report) -> None:
    findings = [each for each in report.findings if each.part == part.part]
    cases = _cases(report, part, findings)
    failures = sum(any(_fails(each) for each in told) for told in cases.values())
    suite = SubElement(
        root,
        "testsuite",
        {
            "name": part.part,
            "tests": str(len(cases)),
            "failures": str(failures),
            "errors": "0",
            "skipped": "0",
            "time": f"{part.seconds:.3f}",
        },
    )
    for operation, told in cases.items():
        _case(suite, part.part, operation, told)


def _cases(
    report: Report, part: PartResult, findings: Iterable[Finding]
) -> dict[str, list[Finding]]:
    called = [row.operation for row in report.outcomes if row.calls and part.calls]
    cases: dict[str, list[Finding]] = {name: [] for name in called}
    for each in findings:
        cases.setdefault(each.operation, []).append(each)
    return cases


def _case(suite: Element, part: str, operation: str, findings: list[Finding]) -> None:
    case = SubElement(suite, "testcase", {"classname": part, "name": _clean(operation) or part})
    for each in findings:
        told = (each.message, each.places, _sides(each), each.curl)
        body = _clean("\n".join(filter(None, told)))
        if _fails(each):
            attributes = {"message": _clean(each.title), "type": each.rule}
            SubElement(case, "failure", attributes).text = body
    warnings = [each for each in findings if not _fails(each)]
    if warnings:
        SubElement(case, "system-out").text = _clean(
            "\n".join(" ".join(filter(None, (each.title, each.places))) for each in warnings)
        )


def _sides(finding: Finding) -> str:
    if not (finding.expected or finding.actual):
        return ""
    return f"expected: {finding.expected}\nactual: {finding.actual}"


def _fails(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
