"""Options of a command from the configuration: what the command line does not say itself.

In come the parsed options, a table of values by option names, and the folder that paths count from;
out come the options with these values, converted as on the command line. A name that is no option
ends the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import click
from click.core import ParameterSource

from generator.cli.ending import Ending

_FILES = frozenset("principals baseline ca-bundle client-certificate client-key".split())


def configured(
    context: click.Context, given: Mapping[str, Any], table: Mapping[str, Any], folder: Path
) -> dict[str, Any]:
    """The options of a command; those that were given on the command line stand."""
    known = {
        option.removeprefix("--"): parameter
        for parameter in context.command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    merged = dict(given)
    for name, value in table.items():
        parameter = known.get(name)
        if parameter is None:
            raise Ending(2, f"the configuration: {name!r} is no option of {context.command.name}")
        if context.get_parameter_source(parameter.name) is not ParameterSource.COMMANDLINE:
            merged[parameter.name] = _converted(context, parameter, _placed(name, value, folder))
    return merged


def _converted(context: click.Context, parameter: click.Parameter, value: object) -> object:
    try:
        return parameter.type_cast_value(context, value)
    except click.BadParameter as error:
        raise Ending(2, f"the configuration: {parameter.opts[0]}: {error.message}") from None


def _placed(name: str, value: Any, folder: Path) -> Any:
    """The value with its paths seen from the working directory."""
    if name in _FILES and isinstance(value, str):
        return str(folder / value)
    if name == "report" and isinstance(value, list):
        pairs = (str(each).partition("=") for each in cast("list[object]", value))
        return [f"{form}={folder / path}" for form, _, path in pairs]
    return value
