"""`lockstep explain ID`: what a diagnostic, a law or a check means."""

from __future__ import annotations

import re

import click
from rich_click import RichCommand

from generator.cli.ending import Ending
from generator.diagnostics import CODES


@click.command("explain", cls=RichCommand)
@click.argument("identifier", metavar="ID")
def command(identifier: str) -> None:
    """Say what a diagnostic code, a law, a rule or a finding's id means."""
    from generator.contract import LAWS, RULES

    # A finding is named by its rule and a digest.
    rule = re.sub(r"-[0-9a-f]{8}\Z", "", identifier)

    if identifier in CODES:
        code = CODES[identifier]
        click.echo(f"{identifier} ({code.severity.name.lower()}): {code.meaning}")
        return
    for law in LAWS:
        if law.id == rule:
            click.echo(f"{law.id} (law): {law.says}")
            return
    if rule in RULES:
        click.echo(f"{rule} (rule): {RULES[rule]}")
        return
    raise Ending(2, f"nothing is named {identifier!r}; known are {', '.join(sorted(CODES))}")
