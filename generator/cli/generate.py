"""`lockstep generate`: write the client of a description, or say whether it is up to date."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
import msgspec
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.cache import recall, remember
from generator.cli.ending import Ending
from generator.cli.loading import load, remote_for
from generator.cli.output import diagnostic_lines, printable
from generator.cli.remembering import validate
from generator.cli.settled import settle, settled
from generator.cli.timings import Timings
from generator.compose.configuration import ApiEntry, is_package_name
from generator.compose.generate import WAIVED, Generated, generate
from generator.compose.load import Loaded
from generator.compose.verdict import exit_code
from generator.emit import Difference, compare, difference, write
from generator.emit.templates import remember_compiled


@click.command("generate", cls=RichCommand)
@click.argument("spec", required=False)
@click.option("-o", "--output", "out", metavar="DIR", help="Where the project is written.")
@click.option("--name", help="Name of the Python package; that of DIR if not given.")
@options.overlay
@click.option("--check", is_flag=True, help="Write nothing; say what differs and why.")
@click.option("--diff", is_flag=True, help="With --check or --dry-run: show the difference.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--names", is_flag=True, help="Write nothing; print the table of names.")
@click.option("--include-tag", "tags", multiple=True, metavar="TAG", help="Only this; repeatable.")
@click.option("--include-operation", "operations", multiple=True, metavar="ID", help="As above.")
@click.option("--include-path", "paths", multiple=True, metavar="PATTERN", help="As above.")
@click.option("--timings", is_flag=True, help="Say what each stage took.")
@click.option("--force", is_flag=True, help="Overwrite files that were changed by hand.")
@click.option("--forget-names", "forget", is_flag=True, help="Drop deprecated aliases.")
@options.allow
@click.option("--http", type=click.Choice(["httpx2", "pyreqwest"]), help="The client's transport.")
@click.option("--models", type=click.Choice(["msgspec", "pydantic"]), help="What models are of.")
@options.remote
@options.remote_refs
@options.no_cache
@click.option("--api-version", metavar="DATE", help="Of dated media types, the newest by then.")
@options.output_format("text", "json")
def command(
    spec: str | None,
    out: str | None,
    name: str | None,
    overlays: tuple[str, ...],
    check: bool,
    diff: bool,
    dry_run: bool,
    names: bool,
    tags: tuple[str, ...],
    operations: tuple[str, ...],
    paths: tuple[str, ...],
    timings: bool,
    force: bool,
    forget: bool,
    allow: tuple[str, ...],
    http: str | None,
    models: str | None,
    api_version: str | None,
    form: str,
) -> int:
    """Write the typed Python client of SPEC, or of each API of the configuration.

    What cannot be generated is a diagnostic: nothing is written and the command ends with 1, unless
    --allow waives its code. With --check it ends with 1 where anything differs.
    """
    included = {"include_tags": tags, "include_operations": operations, "include_paths": paths}
    changes: dict[str, object] = {key: list(each) for key, each in included.items() if each}
    if api_version is not None:
        changes["api_version"] = options.version(api_version)
    shaped = {key: each for key, each in (("http", http), ("models", models)) if each}
    entries = [
        msgspec.structs.replace(entry, **changes)
        for entry in _entries(spec, out, name, overlays, shaped)
    ]
    if names:
        tables = {each.name: _names(each, frozenset(allow)) for each in entries}
        click.echo(json.dumps(tables, indent=2))
        return 0
    remember_compiled(partial(recall, "templates"), partial(remember, "templates"))
    done: list[Done] = []
    with _without_collector(), Timings(shown=timings) as clock:
        for entry in entries:
            looks = check or dry_run
            how = How(frozenset(allow), forget, looks, diff, force)
            done.append(_done(entry, how, clock))
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
    shaped: dict[str, str],
) -> list[ApiEntry]:
    if spec is None:
        if out or name or overlays or shaped:
            raise click.UsageError("-o, --name, --overlay, --http and --models go with SPEC")
        return [entry for entry in options.entries() if entry.out]
    if not out:
        raise click.UsageError("SPEC goes with -o DIR")
    package = name or Path(out).resolve().name.replace("-", "_")
    if not is_package_name(package):
        raise click.UsageError(f"{package!r} is no name for a Python package; --name gives one")
    entry = ApiEntry(name=package, spec=spec, overlays=list(overlays), out=out)
    return [msgspec.structs.replace(entry, **shaped)]


@contextmanager
def _without_collector() -> Generator[None]:
    """Run without the collector of cycles: a run makes much, drops little, and ends soon."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class How(msgspec.Struct, frozen=True):
    """How to generate: what is waived, and what the options of the same names say."""

    allow: frozenset[str]
    forget: bool = False
    looks: bool = False
    diff: bool = False
    force: bool = False

    @property
    def asked(self) -> frozenset[str]:
        """What decides, besides the description, what is written."""
        return self.allow | frozenset(["forget-names"] if self.forget else [])


def _done(entry: ApiEntry, how: How, clock: Timings) -> Done:
    """Generate one client, unless nothing can have changed."""
    standing = settled(entry, how.asked, remote_for(entry.spec))
    clock.passed("compare with what is remembered")
    if standing is not None:
        for line in standing.said:
            print(line, file=sys.stderr)
        return Done(entry.out, how.looks)
    loaded, said, generated = _generated(entry, how, clock)
    done = _finish(entry, generated, how)
    if loaded.resolved is not None and not done.differences:
        settle(entry, how.asked, loaded.resolved, said)
    clock.passed("write")
    return done


def _names(entry: ApiEntry, allow: frozenset[str]) -> dict[str, str]:
    """The table of names: what each pointer of the description is called in Python."""
    with Timings(shown=False) as clock:
        *_, generated = _generated(entry, How(allow), clock)
    return dict(generated.package.names)


def _generated(entry: ApiEntry, how: How, clock: Timings) -> tuple[Loaded, list[str], Generated]:
    """The description, what was said of it, and its client."""
    check = clock.around("validate", validate)
    loaded = load(entry.spec, entry.overlays, validate=check)
    clock.passed("read, resolve, build")
    generated = generate(
        loaded, entry, style=_style, allow=how.allow, forget=how.forget, passed=clock.passed
    )
    said = list(diagnostic_lines(loaded))
    for line in said:
        print(line, file=sys.stderr)
    clock.passed("find lines")
    if generated is None:
        raise Ending(exit_code(loaded.diagnostics, how.allow | WAIVED) or 1)
    clock.parts(generated.files.seconds)
    return loaded, said, generated


def _style(text: str) -> str:
    # Few descriptions need Black, and importing it takes longer than reading most of them.
    from generator.emit.black_style import black_style

    return black_style(text)


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


def _finish(entry: ApiEntry, generated: Generated, how: How) -> Done:
    directory, files = Path(entry.out), generated.files
    try:
        if not how.looks:
            wrote = write(directory, files, how.force)
            return Done(entry.out, False, wrote.written, wrote.removed, wrote.refused)
        found = tuple(compare(directory, files))
        patch = (
            "".join(difference(directory, files, each.path) for each in found) if how.diff else ""
        )
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
