"""Credentials that a command is called with, from arguments and files."""

from __future__ import annotations

import generator.cli.options as options
from generator.api import Api, Principal
from generator.cli.ending import Ending
from generator.compose.credentials import CredentialsError, from_argument, from_file


def principals_from(
    file: str | None, arguments: tuple[str, ...], api: Api
) -> tuple[Principal, ...]:
    """The principals of the arguments, then those of the file."""
    environment = options.environment()
    try:
        named = tuple(from_argument(each, api, environment) for each in arguments)
        listed = from_file(file, options.read_file(file), api, environment) if file else ()
    except (CredentialsError, OSError) as error:
        raise Ending(2, str(error)) from None
    return (*named, *listed)


def variables_of(arguments: tuple[str, ...], principals: tuple[Principal, ...]) -> dict[str, str]:
    """By principal, the environment variable that its argument names."""
    pairs = zip(principals, arguments, strict=False)
    return {principal.name: argument.rsplit(":", 1)[1] for principal, argument in pairs}
