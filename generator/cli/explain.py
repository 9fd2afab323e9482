"""`lockstep explain ID`: what a diagnostic, a law, a check or a rule of the change report means."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click
from rich_click import RichCommand

from generator.cli.ending import Ending
from generator.diagnostics import CODES


@click.command("explain", cls=RichCommand)
@click.argument("identifier", metavar="ID")
def command(identifier: str) -> None:
    """Say what a diagnostic code, a law, a rule or a finding's id means."""
    # A finding is named by its rule and a digest.
    rule = re.sub(r"-[0-9a-f]{8}\Z", "", identifier)

    if identifier in CODES:
        code = CODES[identifier]
        click.echo(f"{identifier} ({code.severity.name.lower()}): {code.meaning}")
        return
    told = {**_of_changes(), **_of_contracts()}
    if rule not in told:
        near = get_close_matches(rule, [*CODES, *told], n=5) or sorted(CODES)
        raise Ending(2, f"nothing is named {identifier!r}; known are {', '.join(near)}")
    click.echo(told[rule])


def _of_contracts() -> dict[str, str]:
    from generator.contract import LAWS, RULES

    laws = {law.id: f"{law.id} (law): {law.says}" for law in LAWS}
    return {**{rule: f"{rule} (rule): {says}" for rule, says in RULES.items()}, **laws}


def _of_changes() -> dict[str, str]:
    from generator.diff import RULES
    from generator.report.approvals import FAULTS

    rules = {
        each.id: f"{each.id} (change, {each.level}): {each.doc}\nIt says: {each.says}"
        for each in RULES.values()
    }
    return {**rules, **{made: f"{made} (approval): {says}" for made, says in FAULTS.items()}}
