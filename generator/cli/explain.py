"""`lockstep explain ID`: what a diagnostic, a law, a check or a rule of the change report means."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from difflib import get_close_matches

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.diagnostics import CODES


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an id is, how much it weighs where it has a weight of its own, and what it means."""

    id: str
    kind: str
    says: str
    weight: str = ""
    fault: str = ""

    def __str__(self) -> str:
        known = (self.kind, self.weight, self.fault and f"Web Fuzzing Commons {self.fault}")
        return f"{self.id} ({', '.join(filter(None, known))}): {self.says}"


@click.command("explain", cls=RichCommand)
@click.argument("identifier", metavar="ID")
@options.no_cache
@options.output_format("text", "json")
def command(identifier: str, form: str) -> None:
    """Say what a diagnostic code, a law, a rule or a finding's id means.

    With --format json it prints an object with id, kind (diagnostic, change, approval, law, rule),
    weight (a severity or level, may be empty), says and fault (the code that the Web Fuzzing
    Commons give it, may be empty).
    """
    # A finding is named by its rule and a digest.
    rule = re.sub(r"-[0-9a-f]{8}\Z", "", identifier)
    meaning = _of_diagnostics().get(identifier)
    if meaning is None:
        told = {**_of_changes(), **_of_contracts()}
        if rule not in told:
            near = get_close_matches(rule, [*CODES, *told], n=5) or sorted(CODES)
            raise Ending(2, f"nothing is named {identifier!r}; known are {', '.join(near)}")
        meaning = told[rule]
    click.echo(json.dumps(asdict(meaning), indent=2) if form == "json" else str(meaning))


def _of_diagnostics() -> dict[str, Meaning]:
    return {
        name: Meaning(name, "diagnostic", code.meaning, code.severity.name.lower())
        for name, code in CODES.items()
    }


def _of_contracts() -> dict[str, Meaning]:
    from generator.contract import LAWS, RULES, fault_code

    told = [(rule, "rule", says) for rule, says in RULES.items()]
    told += [(law.id, "law", law.says) for law in LAWS]
    return {name: Meaning(name, kind, says, "", fault_code(name)) for name, kind, says in told}


def _of_changes() -> dict[str, Meaning]:
    from generator.diff import RULES
    from generator.report.approvals import FAULTS

    rules = {
        each.id: Meaning(each.id, "change", f"{each.doc}\nIt says: {each.says}", str(each.level))
        for each in RULES.values()
    }
    return rules | {made: Meaning(made, "approval", says) for made, says in FAULTS.items()}
