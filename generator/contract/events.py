"""What a run tells while it runs. The run emits; progress, records and reports listen."""

from __future__ import annotations

from dataclasses import dataclass

from generator.api.exchange import CallRecord
from generator.report import Finding, PartResult, Report


@dataclass(frozen=True, slots=True)
class PartStarted:
    """A part began."""

    part: str


@dataclass(frozen=True, slots=True)
class Called:
    """A call was made; the record is redacted."""

    call: CallRecord


@dataclass(frozen=True, slots=True)
class Found:
    """Something does not hold."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule could not be checked on an operation."""

    part: str
    rule: str
    operation: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartFinished:
    """A part ended."""

    result: PartResult


@dataclass(frozen=True, slots=True)
class Finished:
    """The run ended; `down` says why where the target could not be reached."""

    report: Report
    down: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """The run began; what it makes carries this mark in its names."""

    run: str


Event = Started | PartStarted | Called | Found | NotJudged | PartFinished | Finished
"""Anything that a run tells."""
