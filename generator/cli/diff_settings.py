"""What `lockstep diff` is told: by its options, else by `[tool.lockstep.diff]`, else by default."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import click

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.compose.configuration import DiffEntry
from generator.diff import RULES, Level, Policy, Prefixes
from generator.diff.rules.policy import STABILITIES
from generator.report import (
    Approval,
    BaselineError,
    Entry,
    Record,
    RecordError,
    read_approvals,
    read_baseline,
    read_record,
)

_FAIL_ON = {"breaking": Level.BREAKING, "warning": Level.WARNING, "never": None}
FAIL_ON = tuple(_FAIL_ON)
"""From which level on the command fails, as options and configuration say it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the rules ask for, from which level on to fail, what is approved and accepted."""

    policy: Policy
    fail_on: Level | None
    approvals: tuple[Approval, ...]
    accepted: tuple[Entry, ...]


def settings(
    *,
    levels: Iterable[str] = (),
    days: Iterable[str] = (),
    least_stability: str | None = None,
    fail_on: str | None = None,
    baseline: str | None = None,
) -> Settings:
    """Everything that options and configuration say; an option has the last word."""
    folder, told = _configured()
    promised: dict[str, int] = {str(name): number for name, number in told.deprecation_days.items()}
    beside = os.path.relpath(os.path.join(folder, told.baseline)) if told.baseline else None
    approvals, accepted = _baseline(baseline or beside)
    return Settings(
        policy=Policy(
            today=date.today(),
            levels={**_known(told.levels), **_levels(levels)},
            least_stability=least_stability or told.least_stability,
            deprecation_days={**promised, **_days(days)},
        ),
        fail_on=_FAIL_ON[fail_on or told.fail_on],
        approvals=approvals,
        accepted=accepted,
    )


def _configured() -> tuple[str, DiffEntry]:
    found = options.standing_configuration()
    return (str(found[0]), found[1].diff) if found is not None else ("", DiffEntry())


def _known(levels: Mapping[str, str]) -> dict[str, Level]:
    unknown = sorted(levels.keys() - RULES.keys())
    if unknown:
        raise Ending(2, f"the configuration sets a level for {unknown[0]!r}, which is no rule")
    return {rule: Level(level) for rule, level in levels.items()}


def _levels(arguments: Iterable[str]) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for each in arguments:
        rule, _, level = each.partition("=")
        if rule not in RULES or level not in list(Level):
            raise click.UsageError(f"--level takes ID=breaking|warning|info, not {each!r}")
        found[rule] = Level(level)
    return found


def _days(arguments: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in arguments:
        stability, _, days = each.partition("=")
        if stability not in STABILITIES or not (days.isascii() and days.isdigit()):
            raise click.UsageError(f"--deprecation-days takes STABILITY=DAYS, not {each!r}")
        found[stability] = int(days)
    return found


def prefixes(base: str | None, revision: str | None) -> Prefixes | None:
    """The prefixes to cut off the paths; None where they are to be inferred."""
    if base is None and revision is None:
        return None
    return Prefixes(base or "", revision or "")


def _baseline(name: str | None) -> tuple[tuple[Approval, ...], tuple[Entry, ...]]:
    if name is None:
        return (), ()
    try:
        text = options.read_file(name).decode("utf-8")
        return read_approvals(text), read_baseline(text)
    except OSError as error:
        raise Ending(2, f"{name}: {error.strerror}") from None
    except (BaselineError, UnicodeDecodeError) as error:
        raise Ending(2, f"{name}: {error}") from None


def record(name: str) -> Record:
    """The recorded run in a file."""
    try:
        return read_record(options.read_file(name).decode("utf-8"))
    except OSError as error:
        raise Ending(2, f"{name}: {error.strerror}") from None
    except (RecordError, UnicodeDecodeError) as error:
        raise Ending(2, f"{name}: {error}") from None
