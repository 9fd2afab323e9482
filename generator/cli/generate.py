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
from generator.emit import Difference, compare, difference, write


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
@options.output_format("text", "json")
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
    done: list[Done] = []
    for entry in _entries(spec, out, name, overlays, http):
        generated = _generated(entry, frozenset(allow))
        done.append(_finish(entry, generated, looks=check or dry_run, diff=diff, force=force))
    if form == "json":
        click.echo(as_json(done))
    else:
        for each in done:
            _print(each)
    refused = any(each.differences and not each.looked for each in done)
    return int(refused or (check and any(each.differences for each in done)))


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


class Done(msgspec.Struct, frozen=True):
    """What was done for one API: files written and removed, or what differs.

    Where files were to be written, `differences` are those that were edited by hand, and nothing
    was written. `patch` is what `--diff` shows.
    """

    out: str
    looked: bool
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    patch: str = ""


def as_json(done: list[Done]) -> str:
    """A list of objects with out, written, removed, differences (path, kind, causes), patch."""
    return msgspec.json.format(msgspec.json.encode(done), indent=2).decode()


def _finish(entry: ApiEntry, generated: Generated, *, looks: bool, diff: bool, force: bool) -> Done:
    directory, files = Path(entry.out), generated.files
    try:
        if not looks:
            wrote = write(directory, files, force)
            return Done(entry.out, False, wrote.written, wrote.removed, wrote.refused)
        found = tuple(compare(directory, files))
        patch = "".join(difference(directory, files, each.path) for each in found) if diff else ""
        return Done(entry.out, True, differences=found, patch=patch)
    except OSError as error:
        raise Ending(2, f"{error.filename}: {error.strerror}") from None


def _print(done: Done) -> None:
    for each in done.differences:
        hint = "" if done.looked else "; --force overwrites it"
        click.echo(printable(f"{done.out}/{each}{hint}"), err=not done.looked)
    if done.patch:
        click.echo(done.patch, nl=False)
    if done.written or done.removed:
        counts = f"{len(done.written)} files written, {len(done.removed)} removed"
        click.echo(printable(f"{done.out}: {counts}"))
    elif not done.differences:
        click.echo(printable(f"{done.out}: up to date"))
