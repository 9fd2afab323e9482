"""For pytest: descriptions as test files, and mocks as a fixture.

`pytest api.yaml --lockstep-url URL` makes each operation and part of the contract suite a test, as
`api.yaml::listThings[laws]`; with `--lockstep-mock` the target is the mock. Each test is a run of
its own that cleans up after itself, so pytest-xdist may spread them. The fixture `lockstep_mock`
starts mocks that end with the test. Nothing happens in runs that ask for neither.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest

from generator.api import Api
from generator.api.exchange import Principal
from generator.compose.contract import contract_run
from generator.compose.credentials import CredentialsError, from_argument
from generator.compose.database import database_of
from generator.compose.load import Loaded, load_api
from generator.compose.serving import served
from generator.contract import PARTS, Finished, Options, Target
from generator.mock import RunningMock, running
from generator.report import Finding, Report, Severity, text

StartMock = Callable[..., RunningMock]
"""Starts a mock; takes what `generator.mock.running` takes."""

_SUFFIXES = (".yaml", ".yml", ".json")
_SEQUENCES = 10
# What it draws is drawn for a whole API; `lockstep test` is where it belongs.
_ITEM_PARTS = tuple(part for part in PARTS if part != "schemathesis")


@pytest.fixture
def lockstep_mock() -> Generator[StartMock]:
    """Start mocks on free ports: `lockstep_mock("openapi.yaml", auth=True).url`."""
    with ExitStack() as stack:

        def start(*arguments: Any, **options: Any) -> RunningMock:
            return stack.enter_context(running(*arguments, **options))

        yield start


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plug-in."""
    group = parser.getgroup("lockstep", "descriptions as test files")
    add = group.addoption
    add("--lockstep-url", metavar="URL", help="where the server under test answers")
    add("--lockstep-mock", action="store_true", help="test the mock of the description itself")
    add("--lockstep-overlay", action="append", default=[], metavar="FILE", help="repeatable")
    add("--lockstep-auth", action="append", default=[], metavar="[NAME=]KIND:USER:VARIABLE")
    add("--lockstep-seed", type=int, default=0, metavar="N", help="seed of what is drawn")
    add("--lockstep-database", metavar="FOLDER|redis://HOST", help="share what was found")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A description that was named is a file of tests."""
    config = parent.config
    asked = _asked(config, "url") or _asked(config, "mock")
    named = (Path(each.partition("::")[0]) for each in config.args)
    if not asked or file_path.suffix not in _SUFFIXES:
        return None
    if file_path not in [(config.invocation_params.dir / each).resolve() for each in named]:
        return None
    # What pytest gives to the constructor it does not say in its types.
    made: Any = _Description
    return cast("pytest.Collector", made.from_parent(parent, path=file_path))


class ContractError(Exception):
    """What the suite found; the report says it as `lockstep test` does."""


class _Description(pytest.File):
    """A description; its tests are its operations by the parts that judge them."""

    def collect(self) -> Iterator[_Judged]:
        """Every operation with every part."""
        loaded = _loaded(self)
        assert loaded.api is not None
        made: Any = _Judged
        for operation in loaded.api.operations:
            for part in _ITEM_PARTS:
                name = f"{operation.name}[{part}]"
                told = {"loaded": loaded, "operation": operation.name, "part": part}
                yield made.from_parent(self, name=name, **told)


class _Judged(pytest.Item):
    """One operation judged by one part."""

    def __init__(self, *, loaded: Loaded, operation: str, part: str, **more: Any) -> None:
        made: Any = super()
        made.__init__(**more)
        self._loaded = loaded
        self._options = Options(
            seed=_asked(self.config, "seed"),
            only=(part,),
            judge=(operation,),
            max_sequences=_SEQUENCES,
            database=_database(self.config),
        )

    def runtest(self) -> None:
        """Run the part; what it finds fails the test."""
        with ExitStack() as stack:
            target = _target(self.config, self._loaded, stack)
            *_, last = contract_run(self._loaded, target, self._options)
        assert isinstance(last, Finished)
        if last.down:
            raise ContractError(last.down)
        if failing := [each for each in last.report.findings if each.severity is Severity.ERROR]:
            raise ContractError(_told(last.report, failing))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was found, without our own lines of code."""
        if isinstance(excinfo.value, ContractError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the operation stands, and what the test is called."""
        assert self._loaded.api is not None
        operation = self._loaded.api.operation(self._options.judge[0])
        assert operation is not None
        return self.path, self._loaded.spans.find(operation.where).line - 1, self.name


def _asked(config: pytest.Config, name: str) -> Any:
    """The value of one of the options above."""
    return config.getoption(f"lockstep_{name}")


def _loaded(file: pytest.File) -> Loaded:
    """The description that a file holds; what is wrong with it fails the collection."""
    overlays = _asked(file.config, "overlay")
    name = os.path.relpath(file.path)
    loaded = load_api(name, reader=lambda each: Path(each).read_bytes(), overlays=overlays)
    if loaded.api is None:
        said = "\n".join(f"{span} {each.code} {each.message}" for each, span in loaded.located())
        raise file.CollectError(said)
    return loaded


def _target(config: pytest.Config, loaded: Loaded, stack: ExitStack) -> Target:
    assert loaded.api is not None
    url = _asked(config, "url")
    if url:
        return Target(url, _principals(config, loaded.api), _variables(config, loaded.api))
    mock = stack.enter_context(served(loaded.api, auth=loaded.api.secured))
    return Target(mock.url, mock.principals, disposable=True)


def _principals(config: pytest.Config, api: Api) -> tuple[Principal, ...]:
    arguments = _asked(config, "auth")
    try:
        return tuple(from_argument(each, api, os.environ) for each in arguments)
    except CredentialsError as error:
        raise pytest.UsageError(str(error)) from None


def _variables(config: pytest.Config, api: Api) -> dict[str, str]:
    arguments = _asked(config, "auth")
    pairs = zip(_principals(config, api), arguments, strict=True)
    return {principal.name: argument.rsplit(":", 1)[1] for principal, argument in pairs}


def _database(config: pytest.Config) -> Any:
    address = _asked(config, "database")
    try:
        return database_of(address) if address else None
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None


def _told(report: Report, findings: Iterable[Finding]) -> str:
    return text(
        Report(
            title=report.title,
            target=report.target,
            seed=report.seed,
            seconds=report.seconds,
            findings=tuple(findings),
        )
    )
