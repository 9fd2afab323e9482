"""`lockstep test`: hold a server to its description."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.api import Principal
from generator.cli.ending import Ending
from generator.cli.inputs import principals_from, variables_of
from generator.cli.loading import load
from generator.cli.output import end_unless_usable, printable
from generator.cli.progress import Progress
from generator.compose.contract import contract_run, exit_code_of, remove_left
from generator.compose.load import Loaded
from generator.compose.serving import served
from generator.contract import PARTS, Event, Examine, Finished, NoAnswer, Options, Target
from generator.report import FORMATS, BaselineError, Entry, Report, read_baseline, with_baseline


@click.command("test", cls=RichCommand)
@click.argument("spec", required=False)
@click.option("--url", help="Where the server under test answers.")
@click.option("--mock", is_flag=True, help="Test the mock of the description itself.")
@options.overlay
@options.auth
@options.principals
@options.seed
@click.option("--max-time", type=float, metavar="SECONDS", help="End after about this time.")
@click.option("--only", multiple=True, type=click.Choice(list(PARTS)), help="Parts to run.")
@click.option("--shard", metavar="I/N", default="1/1", help="Judge the Ith of N equal parts.")
@click.option(
    "--rate-limit", "rate", metavar="NUMBER", default="auto", help="Calls a second at most."
)
@click.option(
    "--strictness",
    type=click.Choice(["warn", "fail"]),
    default="warn",
    show_default=True,
    help="What an undocumented 4xx is.",
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
@options.remote_refs
@options.no_cache
@options.output_format("text", "json")
def command(
    spec: str | None,
    url: str | None,
    mock: bool,
    overlays: tuple[str, ...],
    auth: tuple[str, ...],
    principals_file: str | None,
    seed: int,
    max_time: float | None,
    only: tuple[str, ...],
    shard: str,
    rate: str,
    strictness: str,
    known: str | None,
    since: str | None,
    left_by: str | None,
    reports: tuple[str, ...],
    form: str,
) -> int:
    """Hold the server at --url (or the mock of it) to SPEC, or to each API of the configuration.

    Ends with 0 where nothing was found, with 1 where something was, with 2 where the server does
    not answer or nothing was tested.
    """
    if bool(url) == mock:
        raise click.UsageError("give either --url or --mock")
    wanted = [_report_target(each) for each in reports]
    accepted = _baseline(known)
    chosen = Options(
        seed=seed,
        max_time=max_time,
        only=only,
        strict=strictness == "fail",
        rate=_rate(rate),
        shard=_shard(shard),
    )
    codes: list[int] = []
    for name, own in _specs(spec, overlays):
        loaded = load(name, own)
        end_unless_usable(loaded)
        if left_by:
            codes.append(_clean_up(loaded, url, auth, principals_file, left_by))
            continue
        if since:
            loaded, chosen = _changed_first(loaded, since, own, accepted, chosen)
        covering = any(form == "html" for form, _ in wanted)
        finished = _run(loaded, url, auth, principals_file, chosen, covering=covering)
        finished = Finished(with_baseline(finished.report, accepted, date.today()), finished.down)
        click.echo(FORMATS[form](finished.report), nl=False)
        _write(wanted, finished.report)
        if finished.down:
            click.echo(finished.down, err=True)
        codes.append(exit_code_of(finished))
    return max(codes)


def _specs(spec: str | None, overlays: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    if spec:
        return [(spec, list(overlays))]
    return [(each.spec, each.overlays) for each in options.entries()]


def _run(
    loaded: Loaded,
    url: str | None,
    auth: tuple[str, ...],
    file: str | None,
    chosen: Options,
    *,
    covering: bool,
) -> Finished:
    assert loaded.api is not None
    with ExitStack() as stack:
        if url:
            target = _known_target(loaded, url, auth, file)
        else:
            api = loaded.api
            principals = principals_from(file, auth, api)
            made = served(api, auth=api.secured, principals=principals, seed=chosen.seed)
            mock = stack.enter_context(made)
            target = Target(mock.url, mock.principals, disposable=True)
        return last(contract_run(loaded, target, chosen, _engine(chosen), covering=covering))


def _changed_first(
    loaded: Loaded,
    since: str,
    overlays: list[str],
    accepted: tuple[Entry, ...],
    chosen: Options,
) -> tuple[Loaded, Options]:
    """Description and options of a run that begins with what changed, and with what is accepted."""
    # Comparing descriptions is nothing that every run should import.
    from generator.cli.diff_settings import settings
    from generator.cli.revisions import described
    from generator.compose.touched import changed, changed_first
    from generator.diff import rule_of

    base = described(since, overlays)
    assert base.api is not None
    assert loaded.api is not None
    names = changed(base.api, loaded.api, settings().policy)
    told = f"{len(names)} of {len(loaded.api.operations)} operations changed since {since}"
    click.echo(printable(told), err=True)
    first_laws = frozenset(rule_of(each) for each in accepted)
    return changed_first(loaded, names), replace(chosen, first=names, first_laws=first_laws)


def _engine(chosen: Options) -> Examine | None:
    """schemathesis where its part is wanted; importing it takes a fifth of a second."""
    if chosen.only and "schemathesis" not in chosen.only:
        return None
    from generator.contract.engine_part import schemathesis

    return schemathesis


def _known_target(loaded: Loaded, url: str, auth: tuple[str, ...], file: str | None) -> Target:
    assert loaded.api is not None
    principals = principals_from(file, auth, loaded.api)
    return _target(url, principals, variables_of(auth, principals))


def _clean_up(
    loaded: Loaded, url: str | None, auth: tuple[str, ...], file: str | None, run: str
) -> int:
    if url is None:
        raise click.UsageError("--clean-up goes with --url")
    try:
        found, left = remove_left(loaded, _known_target(loaded, url, auth, file), run)
    except NoAnswer as error:
        raise Ending(2, str(error)) from None
    click.echo(f"{found - len(left)} of {found} removed")
    for each in left:
        click.echo(each, err=True)
    return 1 if left else 0


def _baseline(name: str | None) -> tuple[Entry, ...]:
    if name is None:
        return ()
    try:
        return read_baseline(options.read_file(name).decode())
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        raise Ending(2, f"{name}: {error}") from None


def _rate(text: str) -> float | None:
    if text == "auto":
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate < 1e6:
        raise click.UsageError("--rate-limit takes auto or a number of calls a second")
    return rate


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    raise click.UsageError("--shard takes I/N, as in 2/5")


def _target(url: str, principals: tuple[Principal, ...], variables: dict[str, str]) -> Target:
    try:
        return Target(url, principals, variables)
    except ValueError as error:
        raise Ending(2, str(error)) from None


def last(events: Iterable[Event]) -> Finished:
    """Show progress, and give the event that ends a run."""
    with Progress() as progress:
        for event in events:
            progress.show(event)
            if isinstance(event, Finished):
                return event
    raise AssertionError("a run ends with Finished")


def _report_target(argument: str) -> tuple[str, Path]:
    form, _, path = argument.partition("=")
    if form not in FORMATS or not path:
        raise click.UsageError(f"--report takes FORMAT=PATH, FORMAT of {', '.join(FORMATS)}")
    return form, Path(path)


def _write(wanted: list[tuple[str, Path]], report: Report) -> None:
    for form, path in wanted:
        try:
            path.write_text(FORMATS[form](report), encoding="utf-8")
        except OSError as error:
            raise Ending(2, f"{path}: {error.strerror}") from None
