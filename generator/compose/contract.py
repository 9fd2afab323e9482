"""A contract run of a loaded description against a target, as events."""

from __future__ import annotations

from collections.abc import Iterator

from generator.api.openapi import openapi
from generator.compose.load import Loaded
from generator.contract import Event, Finished, Options, Target, run


def contract_run(loaded: Loaded, target: Target, options: Options) -> Iterator[Event]:
    """Run the suite; the last event is `Finished`, its report with lines in place of pointers."""
    assert loaded.api is not None
    assert loaded.resolved is not None
    secured = bool(target.principals)
    described = openapi(loaded.resolved.root, without_security=not secured)
    spans = loaded.spans
    for event in run(loaded.api, described, target, options):
        if isinstance(event, Finished):
            yield Finished(event.report.located(spans.find), event.down)
        else:
            yield event


def exit_code_of(finished: Finished) -> int:
    """0 fine, 1 findings, 2 the target is down or nothing was tested."""
    if finished.down or not finished.report.tested:
        return 2
    return 1 if finished.report.failed else 0
