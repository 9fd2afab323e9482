"""A contract run of a loaded description against a target, as events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.api.openapi import openapi
from generator.compose.load import Loaded
from generator.compose.twin import MockTwin
from generator.contract import Event, Examine, Finished, Options, Target, clean_up_after, run
from generator.contract.judging.coverage import coverage


def contract_run(
    loaded: Loaded,
    target: Target,
    options: Options,
    engine: Examine | None = None,
    *,
    covering: bool = False,
) -> Iterator[Event]:
    """Run the suite; the last event is `Finished`, its report with lines in place of pointers.

    `covering` adds to the report what the calls came by.
    """
    assert loaded.api is not None
    assert loaded.resolved is not None
    secured = bool(target.principals)
    described = openapi(loaded.resolved.root, without_security=not secured)
    spans = loaded.spans
    for event in run(loaded.api, described, target, options, MockTwin(loaded.api), engine):
        if isinstance(event, Finished):
            report = event.report
            if covering:
                report = replace(report, coverage=coverage(loaded.api, report.records))
            yield Finished(report.located(spans.find), event.down)
        else:
            yield event


def remove_left(loaded: Loaded, target: Target, run_id: str) -> tuple[int, list[str]]:
    """Remove what a run with this mark left on a target."""
    assert loaded.api is not None
    assert loaded.resolved is not None
    return clean_up_after(loaded.api, openapi(loaded.resolved.root), target, run_id)


def exit_code_of(finished: Finished) -> int:
    """0 fine, 1 findings, 2 the target is down or nothing was tested."""
    if finished.down or not finished.report.tested:
        return 2
    return 1 if finished.report.failed else 0
