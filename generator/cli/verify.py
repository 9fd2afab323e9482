"""`lockstep verify`: everything, for each API of the configuration."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.loading import remote_for
from generator.cli.output import print_diagnostics, printable
from generator.cli.progress import Progress
from generator.compose.calling.drive import Tally
from generator.compose.verify import Row, Verdict, as_json, verify
from generator.mock import ServeError

_REACHING = ("suite", "sync", "async")
_GIVEN = ("answers", "steps")
_SHOWN = 3


@click.command("verify", cls=RichCommand)
@options.seed
@options.remote_refs
@options.no_cache
@options.output_format("text", "json")
def command(seed: int, form: str) -> int:
    """Check, compare, serve, test and call each API of the configuration.

    The description is checked; the committed client is held against a fresh one; the mock is
    started; the contract suite runs on it; every operation is called through the committed client,
    synchronous and asynchronous. The client is given answers that the description allows or
    forbids, and those that the mock gave to the suite's sequences: what it makes of them must be
    what they say. Ends with 0 where all of it holds, with 1 where something does not, with 2 where
    it could not be done.
    """
    verdicts: list[Verdict] = []
    for entry in options.entries():
        try:
            with Progress(entry.name) as progress:
                verdicts.append(
                    verify(
                        entry,
                        reader=options.read_file,
                        remote=remote_for(entry.spec),
                        seed=seed,
                        listen=progress.show,
                    )
                )
        except (ServeError, OSError) as error:
            raise Ending(2, f"{entry.name}: {error}") from None
    if form == "json":
        click.echo(as_json(verdicts))
    else:
        _print(verdicts)
    return max(verdict.code for verdict in verdicts)


def _print(verdicts: Iterable[Verdict]) -> None:
    console = Console(width=None if Console().is_terminal else 120)
    for verdict in verdicts:
        print_diagnostics(verdict.loaded)
        for finding in verdict.finished.report.findings if verdict.finished else ():
            console.print(Text(f"{finding.rule} {finding.operation}: {printable(finding.message)}"))
            console.print(Text(f"  {finding.curl}"), soft_wrap=True)
        for difference in verdict.differences:
            console.print(Text(str(difference)))
        for row in verdict.rows:
            _print_errors(console, row)
        console.print(_table(verdict))


def _print_errors(console: Console, row: Row) -> None:
    for mode, tally in row.client.items():
        for error in tally.faults[:1]:
            console.print(Text(f"{row.operation}, {mode} client: {printable(error)}"))
    for side, tally in (("a drawn answer", row.answers), ("a step", row.steps)):
        for error in tally.faults[:_SHOWN]:
            console.print(Text(f"{row.operation}, {side}: {printable(error)}"))
        more = len(tally.faults) - _SHOWN
        if more > 0:
            console.print(Text(f"{row.operation}, {side}: {more} more like these"))


def _table(verdict: Verdict) -> Table:
    """One row an operation: statuses, who reached a success, how many answers a client got."""
    table = Table(title=f"{verdict.name}: {verdict.summary}", title_justify="left")
    for heading in ("operation", "statuses", *_REACHING, *_GIVEN):
        table.add_column(heading)
    for row in verdict.rows:
        statuses = " ".join(str(status) for status in row.statuses)
        marks = ("2xx" if reached else "no" for reached in row.reached.values())
        given = (_said(each) for each in (row.answers, row.steps))
        table.add_row(Text(row.operation), statuses, *marks, *given)
    return table


def _said(tally: Tally) -> str:
    """How many answers a client got, and of how many it saw something else than it should."""
    return f"{len(tally.faults)} wrong" if tally.faults else str(tally.calls)
