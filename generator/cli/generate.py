"""`lockstep generate`: write the client of a description, or say whether it is up to date."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec
from rich_click import RichCommand

from generator.cli import options
from generator.cli.ending import Ending
from generator.cli.output import print_diagnostics, printable
from generator.compose.configuration import ApiEntry, is_package_name
from generator.compose.generate import WAIVED, Generated, generate
from generator.compose.load import load_api
from generator.compose.verdict import exit_code
from generator.document.validate import validate
from generator.emit import Written, compare, difference, write


@click.command("generate", cls=RichCommand)
@click.argument("spec", required=False)
@click.option("-o", "--output", "out", metavar="DIR", help="Where the project is written.")
@click.option("--name", help="Name of the Python package.")
@options.overlay
@click.option("--check", is_flag=True, help="Write nothing; say what differs and why.")
@click.option("--diff", is_flag=True, help="With --check or --dry-run: show the difference.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--force", is_flag=True, help="Overwrite files that were changed by hand.")
@options.allow
@click.option("--http", type=click.Choice(["httpx2", "pyreqwest"]), help="The client's transport.")
@options.output_format("text")
def command(
    spec: str | None,
    out: str | None,
    name: str | None,
    overlays: tuple[str, ...],
    check: bool,
    diff: bool,
    dry_run: bool,
    force: bool,
    allow: tuple[str, ...],
    http: str | None,
    form: str,
) -> int:
    """Write the typed Python client of SPEC, or of each API of the configuration.

    What cannot be generated is a diagnostic: nothing is written and the command ends with 1, unless
    --allow waives its code. With --check it ends with 1 where anything differs.
    """
    codes: list[int] = []
    for entry in _entries(spec, out, name, overlays, http):
        generated = _generated(entry, frozenset(allow))
        codes.append(_finish(entry, generated, check=check, diff=diff, dry=dry_run, force=force))
    return max(codes)


def _entries(
    spec: str | None,
    out: str | None,
    name: str | None,
    overlays: tuple[str, ...],
    http: str | None,
) -> list[ApiEntry]:
    if spec is None:
        if out or name or overlays or http:
            raise click.UsageError("-o, --name, --overlay and --http go with SPEC")
        return [entry for entry in options.entries() if entry.out]
    if not out or not name:
        raise click.UsageError("SPEC goes with -o DIR and --name NAME")
    if not is_package_name(name):
        raise click.UsageError(f"{name!r} is no name for a Python package")
    entry = ApiEntry(name=name, spec=spec, overlays=list(overlays), out=out)
    return [msgspec.structs.replace(entry, http=http) if http else entry]


def _generated(entry: ApiEntry, allow: frozenset[str]) -> Generated:
    loaded = load_api(
        entry.spec, reader=options.read_file, overlays=entry.overlays, validate=validate
    )
    generated = generate(loaded, entry, allow=allow)
    print_diagnostics(loaded)
    if generated is None:
        raise Ending(exit_code(loaded.diagnostics, allow | WAIVED) or 1)
    return generated


def _finish(
    entry: ApiEntry, generated: Generated, *, check: bool, diff: bool, dry: bool, force: bool
) -> int:
    directory = Path(entry.out)
    try:
        if not (check or dry):
            return _write(entry.out, write(directory, generated.files, force))
        differences = compare(directory, generated.files)
        for each in differences:
            click.echo(printable(f"{entry.out}/{each}"))
            if diff:
                click.echo(difference(directory, generated.files, each.path), nl=False)
    except OSError as error:
        raise Ending(2, f"{error.filename}: {error.strerror}") from None
    if not differences:
        click.echo(printable(f"{entry.out}: up to date"))
    return int(bool(differences) and check)


def _write(out: str, done: Written) -> int:
    for each in done.refused:
        click.echo(printable(f"{out}/{each}; --force overwrites it"), err=True)
    if done.refused:
        return 1
    written, removed = len(done.written), len(done.removed)
    said = f"{written} files written, {removed} removed" if written or removed else "up to date"
    click.echo(printable(f"{out}: {said}"))
    return 0
