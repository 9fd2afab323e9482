"""SARIF 2.1.0: findings at the lines of the description that decide them.

Only findings that are located (`Report.located`) get a region; a pointer alone is given as a
logical location.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from urllib.parse import quote

from generator.diagnostics import Span, Where
from generator.report.finding import Finding
from generator.report.report import Report

_WFC = "Web Fuzzing Commons"
_CATALOGUE = "https://github.com/WebFuzzing/Commons"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: Report) -> str:
    """The report as a SARIF log."""
    rules = sorted({each.rule for each in report.findings})
    faults = {each.rule: each.fault for each in report.findings if each.fault}
    run = {
        "tool": {"driver": {"name": "lockstep", "rules": [_rule(each, faults) for each in rules]}},
        "taxonomies": [_taxonomy(sorted(set(faults.values())))] if faults else [],
        "results": [_result(each, rules) for each in report.findings],
        "properties": {"target": report.target, "seed": report.seed},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: str, faults: Mapping[str, str]) -> dict[str, object]:
    if rule not in faults:
        return {"id": rule}
    target = {"id": faults[rule], "toolComponent": {"name": _WFC, "index": 0}}
    return {"id": rule, "relationships": [{"target": target, "kinds": ["relevant"]}]}


def _taxonomy(faults: list[str]) -> dict[str, object]:
    taxa = [{"id": each} for each in faults]
    return {"name": _WFC, "version": "0.9.0", "informationUri": _CATALOGUE, "taxa": taxa}


def _result(finding: Finding, rules: list[str]) -> dict[str, object]:
    text = f"{finding.operation}: {finding.title}\n{finding.message}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": str(finding.severity),
        "message": {"text": f"{text}\n{finding.curl}".rstrip()},
        "locations": _locations(finding.where),
        "relatedLocations": [place for each in finding.related for place in _locations(each)],
        "partialFingerprints": {"lockstepFinding/v1": finding.id},
    }


def _locations(where: Span | Where | None) -> list[dict[str, object]]:
    if isinstance(where, Span):
        region = {"startLine": where.line, "startColumn": where.column}
        return [{"physicalLocation": {"artifactLocation": _file(where.file), "region": region}}]
    if isinstance(where, Where):
        logical = [{"fullyQualifiedName": where.pointer or "/"}]
        place: dict[str, object] = {"artifactLocation": _file(where.document)}
        return [{"physicalLocation": place, "logicalLocations": logical}]
    return []


def _file(name: str) -> dict[str, str]:
    return {"uri": quote(PurePath(name).as_posix())}
