"""Everything that a committed description declares as an answer can be had by asking for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.api.exchange import Request
from generator.api.model import Operation
from generator.mock import MockModel, model_for, read_api
from generator.mock.blueprint import base_path

SPECS = sorted((Path(__file__).parents[3] / "spec").glob("*.yaml"))


@cache
def compiled(path: Path) -> MockModel:
    """The model of a committed description."""
    return model_for(read_api(path))


def asked(operation: Operation) -> Iterator[tuple[int, str]]:
    """Every status with every example of it, and bare where it has none."""
    for response in operation.responses:
        examples = [each.name for content in response.content for each in content.examples]
        for name in examples or [""]:
            yield int(response.status), f", example={name}" if name else ""


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_declared_answer_can_be_had(path: Path) -> None:
    model = compiled(path)
    state, base = model.start(0), base_path(model.api.servers[0].url)
    for operation in model.api.operations:
        for status, example in asked(operation):
            prefer = (("Prefer", f"code={status}{example}"),)
            request = Request(operation.method, base + operation.path, prefer)
            after, answer, _ = model.step(state, request)
            assert answer.status == status, (operation.name, prefer, answer)
            assert answer.header("preference-applied") == f"code={status}{example}"
            assert after is state
