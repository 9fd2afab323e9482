"""Each planted fault is found by its law, and the right mock breaks none.

`python -m tests.mutants.test_mutants` prints the zoo as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from generator.api import Api, build
from generator.contract import LAWS, Finished, Options, Target, run
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.mock import MockApp, app_for, serve
from generator.report import Report
from tests.mutants.planted import plant
from tests.mutants.zoo import ZOO, Mutant

ROOT = Path(__file__).resolve().parents[2]


def atlas() -> Api:
    """The Api that the zoo is about."""
    diagnostics = Diagnostics()
    path = "spec/atlas-v2.yaml"
    resolved = load(path, diagnostics, reader=lambda name: (ROOT / name).read_bytes())
    assert resolved is not None, list(diagnostics)
    api = build(resolved, diagnostics)
    assert api is not None, list(diagnostics)
    return api


Put = Callable[[MockApp], str]
"""Puts an app on the server; gives the address."""


class Stage:
    """One server on which one app after the other stands."""

    def __init__(self) -> None:
        self.app: MockApp | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a call on to the app of the moment."""
        assert self.app is not None
        await self.app(scope, receive, send)

    @contextmanager
    def open(self, app: MockApp) -> Generator[Put, None, None]:
        """Serve; what is given puts another app on and tells the address."""
        self.app = app
        with serve(self, "127.0.0.1", 0) as server:

            def put(app: MockApp) -> str:
                self.app = app
                return server.url

            yield put


@pytest.fixture(scope="module", name="api")
def _api() -> Api:
    return atlas()


@pytest.fixture(scope="module", name="right")
def _right(api: Api) -> Mapping[bool, MockApp]:
    return apps(api)


@pytest.fixture(scope="module", name="put")
def _put(api: Api) -> Iterator[Put]:
    with Stage().open(app_for(api)) as put:
        yield put


def apps(api: Api) -> Mapping[bool, MockApp]:
    """The right mock, open and asking for credentials: a fault starts from its state."""
    return {auth: app_for(api, auth=auth) for auth in (False, True)}


def judged(api: Api, app: MockApp, put: Put, laws: tuple[str, ...], *, auth: bool) -> Report:
    """What laws say of a server."""
    principals = tuple(app.principals) if auth else ()
    target = Target(put(app), principals, disposable=True)
    options = Options(only=("laws",), laws=laws)
    last = [each for each in run(api, {}, target, options) if isinstance(each, Finished)]
    assert last[0].down == ""
    return last[0].report


def found(api: Api, right: Mapping[bool, MockApp], put: Put, mutant: Mutant) -> bool:
    """Whether the mutant's law finds its fault."""
    app = plant(right[mutant.auth], mutant.fault)
    report = judged(api, app, put, (mutant.law,), auth=mutant.auth)
    return mutant.law in {each.rule for each in report.findings}


@pytest.mark.parametrize("mutant", ZOO, ids=lambda each: each.name)
def test_the_law_finds_the_fault(
    api: Api, right: Mapping[bool, MockApp], put: Put, mutant: Mutant
) -> None:
    assert found(api, right, put, mutant)


@pytest.mark.parametrize("auth", [False, True], ids=["open", "digest"])
def test_the_right_mock_breaks_no_law(api: Api, put: Put, auth: bool) -> None:
    report = judged(api, app_for(api, auth=auth), put, (), auth=auth)
    assert report.findings == ()
    assert report.calls > 100


def test_every_law_about_this_api_has_a_fault() -> None:
    api = atlas()
    # Of these no step alone can be wrong.
    raced = {"parallel-creates", "parallel-updates", "parallel-deletes", "parallel-refusals"}
    assert {each.law for each in ZOO} | raced == {each.id for each in LAWS if each.applies(api)}


def main() -> None:
    """Print which faults are found."""
    api = atlas()
    right = apps(api)
    with Stage().open(app_for(api)) as put:
        for mutant in ZOO:
            verdict = "found" if found(api, right, put, mutant) else "MISSED"
            print(f"{mutant.law:18} {verdict:7} {mutant.name}")


if __name__ == "__main__":
    main()
