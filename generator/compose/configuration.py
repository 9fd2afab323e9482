"""The configuration: `[tool.lockstep]` of pyproject.toml, or the whole of lockstep.toml.

In: TOML text. Out: `Configuration`, or a `ConfigurationError` that names the key at fault.
"""

from __future__ import annotations

import keyword
import re
import tomllib
from typing import Annotated, Any, Literal

import msgspec

_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


class ConfigurationError(ValueError):
    """The configuration cannot be used; the message names the key."""


class ApiEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One API: its description, overlays, where and how its client is written, how it is tested.

    `test` are options of `lockstep test` by their names, as on the command line.
    """

    name: str
    spec: str
    overlays: list[str] = []
    out: str = ""
    http: Literal["httpx2", "pyreqwest"] = "httpx2"
    models: Literal["msgspec", "pydantic"] = "msgspec"
    license: str = ""
    api_version: str = ""
    principals: str = ""
    include_tags: list[str] = []
    include_operations: list[str] = []
    include_paths: list[str] = []
    test: dict[str, Any] = {}


Stability = Literal["draft", "alpha", "beta", "stable"]


class DiffEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a project decides about changes: levels of rules, days before a sunset, approvals."""

    fail_on: Literal["breaking", "warning", "never"] = "breaking"
    baseline: str = ""
    least_stability: Stability = "beta"
    levels: dict[str, Literal["breaking", "warning", "info"]] = {}
    deprecation_days: dict[Stability, Annotated[int, msgspec.Meta(ge=0)]] = {}


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is configured."""

    api: list[ApiEntry] = []
    diff: DiffEntry = DiffEntry()
    seed: int = 0
    test: dict[str, Any] = {}


def is_package_name(name: str) -> bool:
    """Whether a package may have this name."""
    return _PACKAGE.match(name) is not None and not keyword.iskeyword(name)


def is_api_version(text: str) -> bool:
    """Whether a text is a date as media types carry it, like 2023-01-01."""
    return _DATE.match(text) is not None


def parse(text: str, *, nested: bool) -> Configuration | None:
    """The configuration in a TOML text; None where a pyproject.toml (`nested`) has no section."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(str(error)) from None
    section = data.get("tool", {}).get("lockstep") if nested else data
    if section is None:
        return None
    try:
        configuration = msgspec.convert(section, Configuration)
    except msgspec.ValidationError as error:
        raise ConfigurationError(str(error)) from None
    _check(configuration)
    return configuration


def _check(configuration: Configuration) -> None:
    names = [entry.name for entry in configuration.api]
    for name in names:
        if not is_package_name(name):
            raise ConfigurationError(f"api name {name!r} is no name for a Python package")
        if names.count(name) > 1:
            raise ConfigurationError(f"two APIs are named {name!r}")
    for entry in configuration.api:
        if entry.api_version and not is_api_version(entry.api_version):
            raise ConfigurationError(f"api_version {entry.api_version!r} is no date")


STARTING = """\
# What lockstep works on when a command names no description.
[[api]]
name = "{name}"
spec = "{spec}"
out = "generated/{name}"
"""
