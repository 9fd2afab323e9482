"""Floor 3: what a run found, and its forms for people and for machines.

In come findings and counted calls, out goes text; nothing here opens a file, a socket or a
terminal. Formats are functions of one `Report`, so every command's findings look alike everywhere.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.report.curl import CurlAuth, curl
from generator.report.finding import Finding, Severity
from generator.report.formats.github import github
from generator.report.formats.json import json_text
from generator.report.formats.junit import junit
from generator.report.formats.markdown import markdown
from generator.report.formats.sarif import sarif
from generator.report.formats.text import render, text
from generator.report.redaction import REDACTED, redact, redact_text
from generator.report.report import Outcome, PartResult, Report, tally

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "text": text,
        "json": json_text,
        "junit": junit,
        "sarif": sarif,
        "markdown": markdown,
        "github": github,
    }
)
"""Every format by the name that `--format` and `--report` take."""

__all__ = [
    "FORMATS",
    "REDACTED",
    "CurlAuth",
    "Finding",
    "Outcome",
    "PartResult",
    "Report",
    "Severity",
    "curl",
    "github",
    "json_text",
    "junit",
    "markdown",
    "redact",
    "redact_text",
    "render",
    "sarif",
    "tally",
    "text",
]
