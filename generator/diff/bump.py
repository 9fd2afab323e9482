"""Which part of a version number the changes ask for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from generator.diff.judging import Verdict
from generator.diff.rules import Level


class Bump(StrEnum):
    """The part of a version that grows (https://semver.org/#summary)."""

    MAJOR = "major"
    MINOR = "minor"
    NONE = "none"


def bump(verdicts: Iterable[Verdict]) -> Bump:
    """Major where something breaks, minor where anything changed."""
    levels = [each.level for each in verdicts]
    if Level.BREAKING in levels:
        return Bump.MAJOR
    return Bump.MINOR if levels else Bump.NONE


def client_bump(verdicts: Iterable[Verdict]) -> Bump:
    """The bump of the generated client: what its own surface asks for."""
    return bump(each for each in verdicts if each.rule.id.startswith("client-"))
