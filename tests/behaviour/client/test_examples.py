"""Every example of the generated documentation runs against the mock, blocking and awaited."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.mock import MockApp, app_for
from generator.mock.serving.running import read_api
from generator.mock.state import State
from tests.behaviour.client.examples import (
    Example,
    examples_of,
    importable,
    run,
    run_awaited,
    talking_to,
)

GENERATED = Path(__file__).parents[3] / "generated"
PROJECTS = {"atlas_v1": "atlas-v1", "atlas_v2": "atlas-v2", "concord": "concord"}
Names = Callable[[str], dict[str, Any]]
"""What a page has made before an example runs; the prefix is that of the client's class."""


def listed(pattern: str) -> list[Any]:
    """Every example of the pages that match, with its project."""
    return [
        pytest.param(project, example, id=f"{project} {example.page} {example.heading} {number}")
        for project in PROJECTS
        for page in sorted((GENERATED / project).glob(pattern))
        for number, example in enumerate(examples_of(page))
    ]


CALLS = [each for each in listed("docs/*.md") if each.values[1].heading.islower()]
README = listed("README.md")


@cache
def started(project: str) -> tuple[MockApp, State]:
    """The mock of a project that asks for credentials, and its state at the start."""
    spec = GENERATED.parent / "spec" / f"{PROJECTS[project]}.yaml"
    app = app_for(read_api(spec), auth=True)
    return app, app.state


@pytest.fixture
def names(project: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    """The mock at its start, and what makes a client that talks to it."""
    app, start = started(project)
    app.state = start
    opening = examples_of(GENERATED / project / "docs" / "organizations.md")[0].code
    with importable(GENERATED / project):
        package = importlib.import_module(project)

        def made(prefix: str) -> dict[str, Any]:
            found: dict[str, Any] = {}
            run(opening.replace(" Client", f" {prefix}Client"), found)
            return found

        with talking_to(app, package, monkeypatch):
            yield made


@pytest.mark.parametrize(("project", "example"), CALLS)
def test_a_call_of_the_reference_runs(names: Names, example: Example) -> None:
    run(example.code, names(""))


@pytest.mark.parametrize(("project", "example"), CALLS)
def test_a_call_of_the_reference_runs_awaited(names: Names, example: Example) -> None:
    run_awaited(example.code, names("Async"))


@pytest.mark.parametrize(("project", "example"), README)
def test_an_example_of_the_readme_runs(names: Names, example: Example) -> None:
    run(example.code, names(""))


@pytest.mark.parametrize("project", PROJECTS)
def test_every_operation_has_an_example(project: str) -> None:
    manifest = json.loads((GENERATED / project / project / "manifest.json").read_text())
    methods = {each["python"].partition(".")[2] for each in manifest["operations"]}
    shown = {each.values[1].heading for each in CALLS if each.values[0] == project}
    assert methods == shown


@pytest.mark.parametrize("project", ["atlas_v2"])
@pytest.mark.parametrize(
    "wrong",
    [
        'client.organizations.get_organization("no identifier")',
        "client.organizations.find_organization()",
        'client.organizations.create_organization(title="acme")',
        "client.organizations.list_organizations(page_number=1)",
    ],
)
def test_a_wrong_example_fails(names: Names, wrong: str) -> None:
    errors = importlib.import_module("atlas_v2.errors")
    failures = (errors.BadRequest, AttributeError, TypeError)
    with pytest.raises(failures):
        run(wrong, names(""))
    with pytest.raises(failures):
        run_awaited(wrong, names("Async"))
