"""SARIF 2.1.0: findings at the lines of the description that decide them.

Only findings that are located (`Report.located`) get a region; a pointer alone is given as a
logical location.
"""

from __future__ import annotations

import json
import re
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
    described = [_rule(each, report.rules.get(each, ""), faults.get(each, "")) for each in rules]
    run = {
        "tool": {"driver": {"name": "lockstep", "rules": described}},
        "taxonomies": [_taxonomy(sorted(set(faults.values())))] if faults else [],
        "results": [_result(each, rules) for each in report.findings],
        "properties": {"target": report.target, "seed": report.seed},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: str, says: str, fault: str) -> dict[str, object]:
    """A rule with what it demands, in short and in full, and where to read on."""
    told: dict[str, object] = {"id": rule}
    if says:
        told["shortDescription"] = {"text": _sentence(says)}
        told["fullDescription"] = {"text": says}
    code = f" In the {_WFC} its fault is {fault}." if fault else ""
    told["help"] = {"text": f"{says}{code} Read on with: lockstep explain {rule}".lstrip()}
    if fault:
        target = {"id": fault, "toolComponent": {"name": _WFC, "index": 0}}
        told["relationships"] = [{"target": target, "kinds": ["relevant"]}]
    return told


def _sentence(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=[.;])\s", text, maxsplit=1)[0].rstrip(";")


def _taxonomy(faults: list[str]) -> dict[str, object]:
    taxa = [{"id": each} for each in faults]
    return {"name": _WFC, "version": "0.9.0", "informationUri": _CATALOGUE, "taxa": taxa}


def _result(finding: Finding, rules: list[str]) -> dict[str, object]:
    sides = {"Expected": finding.expected, "Actual": finding.actual}
    told = [f"{side}: {value}" for side, value in sides.items() if value]
    text = "\n".join(filter(None, (finding.headline, finding.message, *told, finding.curl)))
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": str(finding.severity),
        "message": {"text": text},
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
