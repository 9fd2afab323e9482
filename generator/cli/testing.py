"""What `lockstep test` was asked for, from its options: typed, checked, with files read.

In comes what click parsed, out come `Settings`; what cannot be used ends the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from hypothesis.database import ExampleDatabase

import generator.cli.options as options
from generator.api import Api
from generator.cli.ending import Ending
from generator.cli.inputs import principals_from, variables_of
from generator.cli.reaching import route_of, trust_of
from generator.compose.database import database_of
from generator.contract import Excluded, Options, Target
from generator.contract.calling.connection import Route
from generator.contract.calling.target import Trust
from generator.contract.excluding import unknown_operations
from generator.report import FORMATS, BaselineError, Entry, read_baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run as it was asked for; without `url` the mock is the target."""

    url: str
    overlays: tuple[str, ...]
    auth: tuple[str, ...]
    principals_file: str | None
    chosen: Options
    accepted: tuple[Entry, ...]
    reports: tuple[tuple[str, Path], ...]
    left_by: str | None
    since: str | None
    form: str
    destructive: frozenset[str]
    route: Route
    trust: Trust

    @property
    def covering(self) -> bool:
        """Whether a report shows coverage."""
        return any(form == "html" for form, _ in self.reports)

    def target(self, api: Api) -> Target:
        """The server that was named."""
        principals = principals_from(self.principals_file, self.auth, api)
        try:
            return Target(
                self.url,
                principals,
                variables_of(self.auth, principals),
                destructive=self.destructive,
                route=self.route,
                trust=self.trust,
            )
        except ValueError as error:
            raise Ending(2, str(error)) from None

    def check(self, api: Api) -> None:
        """End the command where a name is none of the description's."""
        unknown = [*self.chosen.excluded.unknown(api), *unknown_operations(api, self.destructive)]
        if unknown:
            raise Ending(2, f"the description has no {', no '.join(unknown)}")


def settings_of(given: Mapping[str, Any]) -> Settings:
    """The settings that options say."""
    if bool(given["url"]) == given["mock"]:
        raise click.UsageError("give either --url or --mock")
    if given["left_by"] and not given["url"]:
        raise click.UsageError("--clean-up goes with --url")
    files = given["ca_bundle"], given["client_certificate"], given["client_key"]
    return Settings(
        url=given["url"] or "",
        overlays=tuple(given["overlays"]),
        auth=tuple(given["auth"]),
        principals_file=given["principals_file"],
        chosen=_options(given),
        accepted=_baseline(given["known"]),
        reports=tuple(map(_report, given["reports"])),
        left_by=given["left_by"],
        since=given["since"],
        form=given["form"],
        destructive=frozenset(given["allow_destructive"]),
        route=route_of(*files, given["proxy"], given["headers"]),
        trust=trust_of(*files),
    )


def _options(given: Mapping[str, Any]) -> Options:
    return Options(
        seed=given["seed"],
        max_time=given["max_time"],
        only=tuple(given["only"]),
        strict=given["strictness"] == "fail",
        rate=_rate(given["rate"]),
        shard=_shard(given["shard"]),
        database=_database(given["database"]),
        excluded=Excluded(
            operations=tuple(given["exclude_operation"]),
            tags=tuple(given["exclude_tag"]),
            paths=tuple(given["exclude_path"]),
            laws=tuple(given["exclude_law"]),
            parts=tuple(given["exclude_part"]),
        ),
    )


def _baseline(name: str | None) -> tuple[Entry, ...]:
    if name is None:
        return ()
    try:
        return read_baseline(options.read_file(name).decode())
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        raise Ending(2, f"{name}: {error}") from None


def _database(address: str | None) -> ExampleDatabase | None:
    try:
        return database_of(address) if address else None
    except ValueError as error:
        raise Ending(2, str(error)) from None


def _rate(text: str) -> float | None:
    if text == "auto":
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < 1e6:
        raise click.UsageError("--rate-limit takes auto or a number of calls a second")
    return rate


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise click.UsageError("--shard takes I/N, as in 2/5")


def _report(argument: str) -> tuple[str, Path]:
    form, _, path = argument.partition("=")
    if form not in FORMATS or not path:
        raise click.UsageError(f"--report takes FORMAT=PATH, FORMAT of {', '.join(FORMATS)}")
    return form, Path(path)
