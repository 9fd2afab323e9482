"""The calls of a job made by the generated client, in a process of its own.

In: an Api, the planned package on disk, what is to be called. Out: by operation, what became of
its calls.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from generator.api import Api, CallRecord, Principal
from generator.compose.calling.answers import Methods
from generator.compose.calling.job import Credentials, Exchange, Job, Outcome
from generator.compose.calling.recorded import recorded_calls
from generator.compose.credentials import kind_of
from generator.plan import Package

MODES = ("sync", "async")
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Client:
    """A generated client on disk: the folder to import from, and what was planned."""

    directory: Path
    package: Package

    @property
    def methods(self) -> Methods:
        """The methods by operation, each with the attribute of the client that has it."""
        return {
            method.id or method.label: (resource.attribute, method)
            for resource in self.package.resources
            for method in resource.methods
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the calls of one operation: how many were made, and what was wrong."""

    calls: int = 0
    faults: tuple[str, ...] = ()


def drive(
    api: Api,
    client: Client,
    records: Sequence[CallRecord],
    base_url: str,
    principal: Principal | None,
    mode: str,
) -> dict[str, Tally]:
    """Make recorded calls again on a server; what became of them by operation."""
    calls = list(recorded_calls(api, client.methods, records))
    job = Job(
        directory=str(client.directory),
        package=client.package.name,
        base_url=base_url,
        mode=mode,
        credentials=_credentials(api, principal),
        calls=calls,
    )
    return _tallied(_done(job, [each.operation for each in calls]))


def give(client: Client, exchanges: Sequence[Exchange], base_url: str) -> dict[str, Tally]:
    """Give answers to the client, in both modes; what became of them by operation."""
    operations = [each.call.operation for each in exchanges]
    outcomes: list[Outcome] = []
    for mode in MODES:
        job = Job(
            directory=str(client.directory),
            package=client.package.name,
            base_url=base_url,
            mode=mode,
            exchanges=list(exchanges),
        )
        outcomes += [
            Outcome(each.operation, each.error and f"{mode}: {each.error}")
            for each in _done(job, operations)
        ]
    return _tallied(outcomes)


def _done(job: Job, operations: Iterable[str]) -> list[Outcome]:
    """Run the job; where its process ends early, that is the outcome of all its operations."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.compose.calling.driver"],
        input=msgspec.json.encode(job),
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        error = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return [Outcome(each, error or "the client's process ended") for each in operations]
    return msgspec.json.decode(done.stdout, type=list[Outcome])


def _tallied(outcomes: Iterable[Outcome]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for outcome in outcomes:
        before = found.get(outcome.operation, Tally())
        wrong = (outcome.error,) if outcome.error else ()
        found[outcome.operation] = Tally(before.calls + 1, (*before.faults, *wrong))
    return found


def _credentials(api: Api, principal: Principal | None) -> Credentials | None:
    if principal is None:
        return None
    scheme = api.security_schemes[principal.scheme]
    return Credentials(
        scheme=scheme.name,
        kind=kind_of(scheme),
        user=principal.user,
        secret=principal.secret,
        parameter=scheme.parameter,
        location=scheme.location,
    )
