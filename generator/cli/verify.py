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
from generator.compose.verify import Row, Verdict, as_json, verify
from generator.mock import ServeError


@click.command("verify", cls=RichCommand)
@options.seed
@options.remote_refs
@options.no_cache
@options.output_format("text", "json")
def command(seed: int, form: str) -> int:
    """Check, compare, serve, test and call each API of the configuration.

    The description is checked; the committed client is held against a fresh one; the mock is
    started; the contract suite runs on it; every operation is called through the committed client,
    synchronous and asynchronous. Ends with 0 where all of it holds, with 1 where something does
    not, with 2 where it could not be done.
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
    console = Console(width=None if Console().is_terminal else 100)
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
    for mode, error in row.client.items():
        if error:
            console.print(Text(f"{row.operation}, {mode} client: {printable(error)}"))


def _table(verdict: Verdict) -> Table:
    """One row an operation: which statuses the suite saw, and who reached a success."""
    table = Table(title=f"{verdict.name}: {verdict.summary}", title_justify="left")
    for heading in ("operation", "statuses", "suite", "sync", "async"):
        table.add_column(heading)
    for row in verdict.rows:
        statuses = " ".join(str(status) for status in row.statuses)
        marks = ("2xx" if reached else "no" for reached in row.reached.values())
        table.add_row(Text(row.operation), statuses, *marks)
    return table
