"""Floor 3: what a run found, and its forms for people and for machines.

In come findings and counted calls, out goes text; nothing here opens a file, a socket or a
terminal. Formats are functions of one `Report`, so every command's findings look alike everywhere.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.report.approvals import Applied, Approval, apply_approvals, read_approvals
from generator.report.baseline import BaselineError, Entry, read_baseline, with_baseline
from generator.report.curl import CurlAuth, curl, parted, stands
from generator.report.finding import Finding, Severity
from generator.report.formats.github import github
from generator.report.formats.har import har
from generator.report.formats.html import html
from generator.report.formats.json import json_text
from generator.report.formats.junit import junit
from generator.report.formats.markdown import markdown
from generator.report.formats.sarif import sarif
from generator.report.formats.text import render, text
from generator.report.record import Record, RecordError, read_record, record
from generator.report.redaction import REDACTED, cut, redact, redact_text, spellings
from generator.report.report import (
    Caller,
    Coverage,
    Covered,
    Outcome,
    PartResult,
    Report,
    tally,
)

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "text": text,
        "json": json_text,
        "junit": junit,
        "sarif": sarif,
        "markdown": markdown,
        "github": github,
        "har": har,
        "record": record,
        "html": html,
    }
)
"""Every format by the name that `--format` and `--report` take."""

__all__ = [
    "FORMATS",
    "REDACTED",
    "Applied",
    "Approval",
    "BaselineError",
    "Caller",
    "Coverage",
    "Covered",
    "CurlAuth",
    "Entry",
    "Finding",
    "Outcome",
    "PartResult",
    "Record",
    "RecordError",
    "Report",
    "Severity",
    "apply_approvals",
    "curl",
    "cut",
    "github",
    "har",
    "html",
    "json_text",
    "junit",
    "markdown",
    "parted",
    "read_approvals",
    "read_baseline",
    "read_record",
    "record",
    "redact",
    "redact_text",
    "render",
    "sarif",
    "spellings",
    "stands",
    "tally",
    "text",
    "with_baseline",
]
