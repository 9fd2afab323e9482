"""`lockstep init`: a starting configuration."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.compose.configuration import STARTING


@click.command("init", cls=RichCommand)
@click.argument("spec", default="spec/api.yaml")
@options.no_cache
@options.output_format("text", "json")
def command(spec: str, form: str) -> None:
    """Write lockstep.toml for a description (by default spec/api.yaml).

    With --format json it prints an object with written: the path of the file.
    """
    target = Path("lockstep.toml")
    if target.exists():
        raise Ending(2, f"{target} exists already")
    name = re.sub(r"\W+", "_", Path(spec).stem, flags=re.ASCII).strip("_").lower() or "api"
    package = name if name[0].isalpha() else f"api_{name}"
    target.write_text(STARTING.format(name=package, spec=spec), encoding="utf-8")
    click.echo(json.dumps({"written": str(target)}) if form == "json" else f"wrote {target}")
