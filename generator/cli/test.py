"""`lockstep test`: hold a server to its description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich_click import RichCommand

import generator.cli.options as options
import generator.cli.reaching as reaching
from generator.cli.configured import configured
from generator.cli.ending import Ending
from generator.cli.inputs import principals_from
from generator.cli.loading import described, load
from generator.cli.output import end_unless_usable, printable, well_formed
from generator.cli.progress import Progress
from generator.cli.testing import Settings, settings_of
from generator.compose.contract import contract_run, exit_code_of, remove_left
from generator.compose.load import Loaded
from generator.compose.serving import served
from generator.contract import (
    LAWS,
    PARTS,
    Down,
    Event,
    Examine,
    Finished,
    Options,
    Target,
    wanted,
)
from generator.report import FORMATS, Report, with_baseline


@click.command("test", cls=RichCommand)
@click.argument("spec", required=False)
@click.option("--url", help="Where the server under test answers.")
@click.option("--mock", is_flag=True, help="Test the mock of the description itself.")
@options.overlay
@options.auth
@options.principals
@options.seed
@reaching.options
@click.option("--max-time", type=float, metavar="SECONDS", help="End after about this time.")
@click.option("--only", multiple=True, type=click.Choice(list(PARTS)), help="Parts to run.")
@click.option("--shard", metavar="I/N", default="1/1", help="Judge the Ith of N equal parts.")
@click.option(
    "--rate-limit",
    "rate",
    metavar="NUMBER|auto",
    default="auto",
    show_default=True,
    help="Calls a second at most; auto waits where the target asks for it.",
)
@click.option(
    "--strictness",
    type=click.Choice(["warn", "fail"]),
    default="warn",
    show_default=True,
    help="What an undocumented 4xx is.",
)
@click.option("--exclude-operation", multiple=True, metavar="NAME", help="Never call it.")
@click.option("--exclude-tag", multiple=True, metavar="TAG", help="Never call what has it.")
@click.option("--exclude-path", multiple=True, metavar="PATH", help="Nor what is there; with *.")
@click.option("--exclude-part", multiple=True, type=click.Choice(list(PARTS)), help="Leave it out.")
@click.option(
    "--exclude-law",
    multiple=True,
    type=click.Choice([each.id for each in LAWS]),
    metavar="LAW",
    help="Do not check it; lockstep explain LAW says what it is.",
)
@click.option(
    "--allow-destructive",
    multiple=True,
    metavar="OPERATION",
    help="It may delete what the run did not make; repeatable.",
)
@click.option(
    "--database",
    metavar="FOLDER|redis://HOST",
    help="Begin with what parted server and model before; remember it there.",
)
@click.option("--baseline", "known", metavar="FILE", help="Findings that are accepted for a while.")
@click.option(
    "--changed-since",
    "since",
    metavar="BASE",
    help="Judge first what changed since this description, a file or git-rev:path.",
)
@click.option(
    "--clean-up", "left_by", metavar="RUN", help="Remove what this run left, and do nothing else."
)
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT=PATH", help="Write a report; repeatable."
)
@options.remote
@options.remote_refs
@options.no_cache
@options.output_format("text", "json")
@click.pass_context
def command(context: click.Context, /, spec: str | None, **given: Any) -> int:
    """Hold the server at --url (or the mock of it) to SPEC, or to each API of the configuration.

    Ends with 0 where nothing was found, with 1 where something was, with 2 where the server does
    not answer or nothing was tested. In the configuration every option stands by its name in
    [tool.lockstep.test], and for one API below it, in [tool.lockstep.api.test].
    """
    if spec:
        return _tested(spec, settings_of(given))
    asked = [(name, settings_of(each)) for name, each in _configured(context, given)]
    return max(_tested(name, each) for name, each in asked)


def _configured(
    context: click.Context, given: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each API of the configuration with its settings; the command line goes before them."""
    folder, found = options.configuration()
    for entry in options.entries():
        own = {"principals": entry.principals} if entry.principals else {}
        placed = configured(context, given, own, Path())
        told = configured(context, placed, {**found.test, **entry.test}, folder)
        yield entry.spec, {**told, "overlays": [*entry.overlays, *given["overlays"]]}


def _tested(name: str, settings: Settings) -> int:
    loaded = load(name, list(settings.overlays))
    end_unless_usable(loaded)
    assert loaded.api is not None
    settings.check(loaded.api)
    if settings.left_by:
        return _clean_up(loaded, settings, settings.left_by)
    if settings.since:
        loaded, settings = _changed_first(loaded, settings, settings.since)
    finished = _run(loaded, settings)
    report = with_baseline(finished.report, settings.accepted, date.today())
    finished = replace(finished, report=report)
    click.echo(well_formed(FORMATS[settings.form](report)), nl=False)
    _write(settings.reports, report)
    if finished.down:
        click.echo(f"the target does not answer: {finished.down}", err=True)
    elif not report.tested:
        click.echo("nothing was tested: no operation was called", err=True)
    return exit_code_of(finished)


def _run(loaded: Loaded, settings: Settings) -> Finished:
    assert loaded.api is not None
    api, chosen = loaded.api, settings.chosen
    with ExitStack() as stack:
        if settings.url:
            target = settings.target(api)
        else:
            principals = principals_from(settings.principals_file, settings.auth, api)
            made = served(api, auth=api.secured, principals=principals, seed=chosen.seed)
            mock = stack.enter_context(made)
            target = Target(mock.url, mock.principals, disposable=True)
        engine, covering = _engine(chosen), settings.covering
        return last(contract_run(loaded, target, chosen, engine, covering=covering))


def _changed_first(loaded: Loaded, asked: Settings, since: str) -> tuple[Loaded, Settings]:
    """Description and settings of a run that begins with what changed and what is accepted."""
    # Comparing descriptions is nothing that every run should import.
    from generator.cli.diff_settings import settings
    from generator.compose.touched import changed, changed_first
    from generator.diff import rule_of

    base = described(since, asked.overlays)
    assert base.api is not None
    assert loaded.api is not None
    names = changed(base.api, loaded.api, settings().policy)
    told = f"{len(names)} of {len(loaded.api.operations)} operations changed since {since}"
    click.echo(printable(told), err=True)
    first_laws = frozenset(rule_of(each) for each in asked.accepted)
    chosen = replace(asked.chosen, first=names, first_laws=first_laws)
    return changed_first(loaded, names), replace(asked, chosen=chosen)


def _engine(chosen: Options) -> Examine | None:
    """schemathesis where its part is wanted; importing it takes a fifth of a second."""
    if not wanted(chosen, "schemathesis"):
        return None
    from generator.contract.engine.part import schemathesis

    return schemathesis


def _clean_up(loaded: Loaded, settings: Settings, run: str) -> int:
    assert loaded.api is not None
    try:
        found, left = remove_left(loaded, settings.target(loaded.api), run)
    except Down as error:
        raise Ending(2, str(error)) from None
    click.echo(f"{found - len(left)} of {found} removed")
    for each in left:
        click.echo(each, err=True)
    return 1 if left else 0


def last(events: Iterable[Event]) -> Finished:
    """Show progress, and give the event that ends a run."""
    with Progress() as progress:
        for event in events:
            progress.show(event)
            if isinstance(event, Finished):
                return event
    raise AssertionError("a run ends with Finished")


def _write(reports: Iterable[tuple[str, Path]], report: Report) -> None:
    for form, path in reports:
        try:
            path.write_text(well_formed(FORMATS[form](report)), encoding="utf-8")
        except OSError as error:
            raise Ending(2, f"{path}: {error.strerror}") from None
