"""`lockstep dump`: the neutral model, or the description after overlays."""

from __future__ import annotations

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.api import dump
from generator.api.openapi import openapi
from generator.cli.ending import Ending
from generator.cli.loading import load
from generator.cli.output import print_diagnostics


@click.command("dump", cls=RichCommand)
@click.argument("spec")
@options.overlay
@click.option("--openapi", "as_openapi", is_flag=True, help="The description itself, as OpenAPI.")
@click.option("--without-security", is_flag=True, help="With --openapi: as an open API.")
@click.option("--without-extensions", is_flag=True, help="With --openapi: no x-lockstep-*.")
@options.remote
@options.remote_refs
@options.no_cache
@options.output_format("json")
def command(
    spec: str,
    overlays: tuple[str, ...],
    as_openapi: bool,
    without_security: bool,
    without_extensions: bool,
    form: str,
) -> None:
    """Print the neutral model of SPEC as canonical JSON, or SPEC after overlays as OpenAPI."""
    if (without_security or without_extensions) and not as_openapi:
        raise click.UsageError("--without-security and --without-extensions go with --openapi")
    loaded = load(spec, overlays)
    if loaded.api is None or loaded.resolved is None:
        print_diagnostics(loaded)
        raise Ending(2)
    if not as_openapi:
        click.echo(dump(loaded.api), nl=False)
        return
    import json

    described = openapi(
        loaded.resolved.root,
        without_security=without_security,
        without_extensions=without_extensions,
    )
    click.echo(json.dumps(described, indent=2, ensure_ascii=False))
