"""`lockstep replay`: make the calls of a recorded run again, and say what is answered otherwise."""

from __future__ import annotations

import click
from rich_click import RichCommand

import generator.cli.options as options
import generator.cli.reaching as reaching
from generator.cli.ending import Ending
from generator.cli.output import well_formed
from generator.contract.calling.connection import NoAnswer
from generator.contract.calling.target import Target
from generator.contract.replay import replay
from generator.report import FORMATS, Record, RecordError, read_record


@click.command("replay", cls=RichCommand)
@click.argument("record")
@click.option("--url", required=True, help="Where the server under test answers.")
@click.option(
    "--secret",
    "secrets",
    multiple=True,
    metavar="NAME=VARIABLE",
    help="The environment variable with a caller's secret, where the record names another.",
)
@reaching.options
@options.no_cache
@options.output_format("text", "json")
def command(
    record: str,
    url: str,
    secrets: tuple[str, ...],
    ca_bundle: str,
    client_certificate: str,
    client_key: str,
    proxy: str,
    headers: tuple[str, ...],
    form: str,
) -> int:
    """Make the calls of RECORD again, as `test --report record=RECORD` wrote it.

    Ends with 0 where all is answered as it was, with 1 where something is not, with 2 where the
    server does not answer or no call could be made.
    """
    told = _read(record)
    try:
        Target(url)
        route = reaching.route_of(ca_bundle, client_certificate, client_key, proxy, headers)
        report = replay(told, url, _secrets(told, secrets), route)
    except (NoAnswer, ValueError) as error:
        raise Ending(2, str(error)) from None
    click.echo(well_formed(FORMATS[form](report)), nl=False)
    if not report.tested:
        return 2
    return 1 if report.failed else 0


def _read(name: str) -> Record:
    try:
        return read_record(options.read_file(name).decode())
    except OSError as error:
        raise Ending(2, f"{name}: {error.strerror}") from None
    except (RecordError, UnicodeDecodeError) as error:
        raise Ending(2, f"{name}: {error}") from None


def _secrets(record: Record, given: tuple[str, ...]) -> dict[str, str]:
    """The secrets of the callers that the environment knows."""
    environment = options.environment()
    named = {caller.name: caller.variable for caller in record.callers}
    named |= dict(_pair(each) for each in given)
    return {name: environment[each] for name, each in named.items() if each in environment}


def _pair(argument: str) -> tuple[str, str]:
    name, found, variable = argument.partition("=")
    if not found or not variable:
        raise click.UsageError("--secret takes NAME=VARIABLE")
    return name, variable
