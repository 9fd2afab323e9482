"""`lockstep explain ID`: what a diagnostic, a law or a check means."""

from __future__ import annotations

import click
from rich_click import RichCommand

from generator.cli.ending import Ending
from generator.diagnostics import CODES


@click.command("explain", cls=RichCommand)
@click.argument("identifier", metavar="ID")
def command(identifier: str) -> None:
    """Say what a diagnostic code or a law means."""
    from generator.contract import LAWS

    if identifier in CODES:
        code = CODES[identifier]
        click.echo(f"{identifier} ({code.severity.name.lower()}): {code.meaning}")
        return
    for law in LAWS:
        if law.id == identifier:
            click.echo(f"{law.id} (law): {law.says}")
            return
    raise Ending(2, f"nothing is named {identifier!r}; known are {', '.join(sorted(CODES))}")
