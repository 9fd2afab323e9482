"""`lockstep diff`: what a revision of a description changes, what it breaks, and what shows it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from time import monotonic

import click
from rich_click import RichCommand

import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.loading import load
from generator.cli.output import print_diagnostics, printable
from generator.compose.diff import Comparison, compare, report
from generator.compose.diff_rows import as_json, as_markdown, as_text, places
from generator.compose.load import Loaded
from generator.diagnostics import Span, Where
from generator.diff import RULES, Level, Policy, Prefixes
from generator.report import FORMATS, Approval, BaselineError, read_approvals

_FAIL_ON = {"breaking": Level.BREAKING, "warning": Level.WARNING, "never": None}


@click.command("diff", cls=RichCommand)
@click.argument("base")
@click.argument("revision")
@click.option("--overlay-base", multiple=True, metavar="FILE", help="An overlay of BASE.")
@click.option("--overlay-revision", multiple=True, metavar="FILE", help="An overlay of REVISION.")
@click.option("--strip-prefix-base", metavar="PATH", help="Cut off the paths of BASE.")
@click.option("--strip-prefix-revision", metavar="PATH", help="Cut off the paths of REVISION.")
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAIL_ON)),
    default="breaking",
    show_default=True,
    help="From which level on the command ends with 1.",
)
@click.option("--baseline", metavar="FILE", help="Approvals: rule, pointer, from, to, and why.")
@click.option(
    "--level", "levels", multiple=True, metavar="ID=LEVEL", help="Another level for a rule."
)
@click.option(
    "--deprecation-days",
    multiple=True,
    metavar="STABILITY=DAYS",
    help="How long what is deprecated stays: stable=180.",
)
@click.option(
    "--least-stability",
    type=click.Choice(["draft", "alpha", "beta", "stable"]),
    default="beta",
    show_default=True,
    help="Changes of what is less stable are not told.",
)
@options.remote_refs
@options.no_cache
@options.output_format("text", "json", "markdown", "github", "junit", "sarif", "html")
def command(
    base: str,
    revision: str,
    overlay_base: tuple[str, ...],
    overlay_revision: tuple[str, ...],
    strip_prefix_base: str | None,
    strip_prefix_revision: str | None,
    fail_on: str,
    baseline: str | None,
    levels: tuple[str, ...],
    deprecation_days: tuple[str, ...],
    least_stability: str,
    form: str,
) -> int:
    """Say what changed from BASE to REVISION, each a file or git-rev:path.

    Ends with 0 where nothing breaks that nobody approved, with 1 where something does, with 2 where
    a description cannot be read.
    """
    started = monotonic()
    policy = Policy(
        today=date.today(),
        levels=_levels(levels),
        least_stability=least_stability,
        deprecation_days=_days(deprecation_days),
    )
    old, new = _loaded(base, overlay_base), _loaded(revision, overlay_revision)
    comparison = compare(
        old,
        new,
        policy=policy,
        prefixes=_prefixes(strip_prefix_base, strip_prefix_revision),
        approvals=_approvals(baseline),
    )
    _print(comparison, old, new, form, monotonic() - started)
    return int(comparison.fails(_FAIL_ON[fail_on]))


def _print(comparison: Comparison, old: Loaded, new: Loaded, form: str, seconds: float) -> None:
    before, after = places(comparison)
    base, revision = old.spans.find_all(before), new.spans.find_all(after)
    if form == "text":
        for line in as_text(comparison, base, revision):
            click.echo(_kept_indent(line))
    elif form == "markdown":
        for line in as_markdown(comparison):
            click.echo(line)
    elif form == "json":
        click.echo(as_json(comparison, base, revision), nl=False)
    else:
        found = {**base, **revision}

        def find(where: Where) -> Span:
            return found.get(where, Span(where.document))

        click.echo(FORMATS[form](report(comparison, find, seconds)), nl=False)


def _kept_indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def _loaded(spec: str, overlays: Iterable[str]) -> Loaded:
    loaded = load(spec, list(overlays), reader=read_file_or_revision)
    if loaded.api is None:
        print_diagnostics(loaded)
        raise Ending(2)
    return loaded


def read_file_or_revision(name: str) -> bytes:
    """The bytes of a file, or of `git-rev:path` where no file has that name."""
    revision, colon, path = name.partition(":")
    if Path(name).exists() or not colon or not revision or not path:
        return options.read_file(name)
    for inside in (path, f"./{path}"):
        done = _git_show(f"{revision}:{inside}")
        if done.returncode == 0:
            return done.stdout
    raise FileNotFoundError(2, f"no file, and git has no {path} in {revision}", name)


def _git_show(name: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "show", "--end-of-options", name], capture_output=True, check=False
        )
    except (OSError, ValueError) as error:
        raise FileNotFoundError(2, str(error), name) from None


def _prefixes(base: str | None, revision: str | None) -> Prefixes | None:
    if base is None and revision is None:
        return None
    return Prefixes(base or "", revision or "")


def _approvals(name: str | None) -> tuple[Approval, ...]:
    if name is None:
        return ()
    try:
        return read_approvals(options.read_file(name).decode("utf-8"))
    except OSError as error:
        raise Ending(2, f"{name}: {error.strerror}") from None
    except (BaselineError, UnicodeDecodeError) as error:
        raise Ending(2, f"{name}: {error}") from None


def _levels(arguments: Iterable[str]) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for each in arguments:
        rule, _, level = each.partition("=")
        if rule not in RULES or level not in list(Level):
            raise click.UsageError(f"--level takes ID=breaking|warning|info, not {each!r}")
        found[rule] = Level(level)
    return found


def _days(arguments: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in arguments:
        stability, _, days = each.partition("=")
        if not (days.isascii() and days.isdigit()):
            raise click.UsageError(f"--deprecation-days takes STABILITY=DAYS, not {each!r}")
        found[stability] = int(days)
    return found
