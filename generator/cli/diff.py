"""`lockstep diff`: what a revision of a description changes, what it breaks, and what shows it."""

from __future__ import annotations

from time import monotonic

import click
from rich.console import Console
from rich_click import RichCommand

import generator.cli.diff_settings as diff_settings
import generator.cli.options as options
from generator.cli.ending import Ending
from generator.cli.loading import described
from generator.compose.diff import compare
from generator.compose.load import Loaded
from generator.diagnostics import Span, Where
from generator.diff import Comparison, Suite, as_html, as_json, as_markdown, render, report
from generator.report import FORMATS

_PAGES = {"json": as_json, "markdown": as_markdown, "html": as_html}


@click.command("diff", cls=RichCommand)
@click.argument("base")
@click.argument("revision")
@click.option("--overlay-base", multiple=True, metavar="FILE", help="An overlay of BASE.")
@click.option("--overlay-revision", multiple=True, metavar="FILE", help="An overlay of REVISION.")
@click.option("--strip-prefix-base", metavar="PATH", help="Cut off the paths of BASE.")
@click.option("--strip-prefix-revision", metavar="PATH", help="Cut off the paths of REVISION.")
@options.remote
@click.option(
    "--fail-on",
    type=click.Choice(diff_settings.FAIL_ON),
    help="From which level on the command ends with 1; breaking where nothing else is said.",
)
@click.option("--baseline", metavar="FILE", help="Approvals: rule, pointer, from, to, and why.")
@click.option("--tests", is_flag=True, help="Say which laws each change touches.")
@click.option("--record", metavar="FILE", help="And which calls of this record of a run.")
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
    help="Changes of what is less stable are not told; beta where nothing else is said.",
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
    fail_on: str | None,
    baseline: str | None,
    tests: bool,
    record: str | None,
    levels: tuple[str, ...],
    deprecation_days: tuple[str, ...],
    least_stability: str | None,
    form: str,
) -> int:
    """Say what changed from BASE to REVISION, each a file, git-rev:path or, if allowed, a URL.

    What options do not say, [tool.lockstep.diff] of the configuration does. With --format github
    the changelog goes to the step summary too.

    Ends with 0 where nothing breaks that nobody approved, with 1 where something does, with 2 where
    a description cannot be read.
    """
    started = monotonic()
    told = diff_settings.settings(
        levels=levels,
        days=deprecation_days,
        least_stability=least_stability,
        fail_on=fail_on,
        baseline=baseline,
    )
    old = described(base, overlay_base)
    new = described(revision, overlay_revision)
    comparison = compare(
        old,
        new,
        policy=told.policy,
        prefixes=diff_settings.prefixes(strip_prefix_base, strip_prefix_revision),
        approvals=told.approvals,
        tests=_tests(old, new, told, record) if tests or record else None,
    )
    _print(comparison, old, new, form, monotonic() - started)
    return int(comparison.fails(told.fail_on))


def _tests(old: Loaded, new: Loaded, told: diff_settings.Settings, record: str | None) -> Suite:
    # The suite's laws cost most of a second to import, and few ask for them.
    from generator.compose.touched import laws_of

    assert old.api is not None
    assert new.api is not None
    calls = diff_settings.record(record).calls if record else ()
    return Suite(calls, laws_of(old.api, new.api), told.accepted)


def _print(comparison: Comparison, old: Loaded, new: Loaded, form: str, seconds: float) -> None:
    before, after = comparison.places()
    base, revision = old.spans.find_all(before), new.spans.find_all(after)
    if form == "text":
        render(comparison, base, revision, Console())
    elif form in _PAGES:
        click.echo(_PAGES[form](comparison, base, revision), nl=False)
    else:
        found = {**base, **revision}

        def find(where: Where) -> Span:
            return found.get(where, Span(where.document))

        click.echo(FORMATS[form](report(comparison, find, seconds)), nl=False)
    if form == "github":
        _summarize(as_markdown(comparison, base, revision))


def _summarize(page: str) -> None:
    """Append the page to the summary of a step, where a runner has one."""
    name = options.environment().get("GITHUB_STEP_SUMMARY")
    if name:
        try:
            with open(name, "a", encoding="utf-8") as file:
                file.write(page)
        except OSError as error:
            raise Ending(2, f"{name}: {error.strerror}") from None
