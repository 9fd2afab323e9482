"""Options and inputs that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from generator.cli.ending import Ending
from generator.compose.configuration import (
    ApiEntry,
    Configuration,
    ConfigurationError,
    is_api_version,
    parse,
)
from generator.diagnostics import CODES
from generator.document.refusal import MAX_BYTES

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _keep(context: click.Context, parameter: click.Parameter, value: bool) -> bool:
    """Keep a flag with the running command, where what it is for asks for it."""
    context.meta[f"lockstep.{parameter.name}"] = value
    return value


def asked(flag: str) -> bool:
    """Whether the running command was called with a flag that is kept: `no_cache` and the like."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(f"lockstep.{flag}"))


no_cache = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="Use nothing that earlier runs remembered, and remember nothing.",
)
remote_refs = click.option(
    "--allow-remote-refs",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="Read references to other hosts; lockstep.lock keeps the hash of what was read.",
)
remote = click.option(
    "--allow-remote",
    is_flag=True,
    expose_value=False,
    callback=_keep,
    help="A description may be named by a URL.",
)

overlay = click.option(
    "--overlay", "overlays", multiple=True, metavar="FILE", help="An overlay; repeatable."
)


def _known(
    context: click.Context, parameter: click.Parameter, codes: tuple[str, ...]
) -> tuple[str, ...]:
    """Codes that there are; one that is misspelt would waive nothing and be missed by nobody."""
    for code in codes:
        if code not in CODES:
            near = ", ".join(get_close_matches(code, CODES) or sorted(CODES))
            raise click.BadParameter(f"no diagnostic has the code {code!r}; known are {near}")
    return codes


allow = click.option(
    "--allow",
    multiple=True,
    metavar="CODE",
    callback=_known,
    help="Waive diagnostics of this code; repeatable.",
)
seed = click.option("--seed", type=int, default=0, show_default=True, help="Seed of what is drawn.")
auth = click.option(
    "--auth",
    "auth",
    multiple=True,
    metavar="[NAME=]KIND:USER:VARIABLE",
    help="Credentials; the secret stands in the environment variable. The first is the default.",
)
principals = click.option(
    "--principals", "principals_file", metavar="FILE", help="Credentials in a YAML file."
)


def output_format(*formats: str) -> Callable[[Decorated], Decorated]:
    """`--format` with these choices, the first by default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the result is printed.",
    )


def read_file(name: str) -> bytes:
    """The bytes of a file, as many as show that it is too large; `compose` reads through it."""
    # A description names files in UTF-8, whatever the locale has file names in.
    path = os.fsdecode(name.encode("utf-8", "surrogateescape"))
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def environment() -> dict[str, str]:
    """The environment, for secrets that arguments name."""
    return dict(os.environ)


def configuration() -> tuple[Path, Configuration]:
    """The configuration nearest to the working directory, and the folder that it stands in."""
    found = standing_configuration()
    if found is None:
        raise Ending(2, "no configuration: name a description, or run lockstep init")
    return found


def standing_configuration() -> tuple[Path, Configuration] | None:
    """The same for commands that need none: None where there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name, nested in (("lockstep.toml", False), ("pyproject.toml", True)):
            found = _parsed(folder / name, nested)
            if found is not None:
                return folder, found
    return None


def _parsed(path: Path, nested: bool) -> Configuration | None:
    try:
        return parse(path.read_text("utf-8"), nested=nested)
    except FileNotFoundError:
        return None
    except (ConfigurationError, OSError, UnicodeDecodeError) as error:
        raise Ending(2, f"{path}: {error}") from None


def entries() -> list[ApiEntry]:
    """The APIs of the configuration, their paths seen from the working directory."""
    folder, found = configuration()
    if not found.api:
        raise Ending(2, "the configuration names no API")
    base = Path(os.path.relpath(folder))
    return [
        msgspec.structs.replace(
            entry,
            spec=str(base / entry.spec),
            overlays=[str(base / each) for each in entry.overlays],
            out=str(base / entry.out) if entry.out else "",
            principals=str(base / entry.principals) if entry.principals else "",
        )
        for entry in found.api
    ]


def version(text: str) -> str:
    """A date as media types carry it, like 2023-01-01."""
    if not is_api_version(text):
        raise click.BadParameter(f"{text!r} is no date like 2023-01-01", param_hint="--api-version")
    return text
