"""`lockstep check`: what is wrong with a description, and which behaviours were read from it."""

from __future__ import annotations

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.loading import load
from generator.cli.output import print_diagnostics, printable
from generator.cli.remembering import validate
from generator.compose.load import Loaded
from generator.compose.verdict import exit_code


@click.command("check", cls=RichCommand)
@click.argument("spec", required=False)
@options.overlay
@options.allow
@options.remote
@options.remote_refs
@options.no_cache
@options.output_format("text", "json", "sarif", "github")
@click.option("--explain-behaviours", is_flag=True, help="Print the behaviours that were read.")
def command(
    spec: str | None,
    overlays: tuple[str, ...],
    allow: tuple[str, ...],
    form: str,
    explain_behaviours: bool,
) -> int:
    """Say what is wrong with SPEC, or with each description of the configuration.

    One line a fault: file:line:column code message. Ends with 0 where nothing is, with 1 where the
    content is at fault, with 2 where the description cannot be used.
    """
    wanted = [(spec, list(overlays))] if spec else [(e.spec, e.overlays) for e in options.entries()]
    loaded = [load(name, each, validate=validate) for name, each in wanted]
    if form == "text":
        for each in loaded:
            print_diagnostics(each)
            _print_summary(each, explain_behaviours)
    else:
        from generator.compose.check import check_report
        from generator.report import FORMATS

        click.echo(FORMATS[form](check_report(loaded)), nl=False)
    return max(exit_code(each.diagnostics, frozenset(allow)) for each in loaded)


def _print_summary(loaded: Loaded, explain: bool) -> None:
    api = loaded.api
    if api is None:
        return
    count = len(api.operations)
    click.echo(printable(f"{loaded.spec}: {api.title} {api.version}, {count} operations"))
    if explain:
        from generator.api.explain import explanation

        for sentence in explanation(api):
            click.echo(printable(sentence))
