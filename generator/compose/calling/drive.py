"""The calls of a job made by the generated client, in a process of its own.

In: an Api, the planned package on disk, what is to be called. Out: by operation, what became of
its calls.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import msgspec

from generator.api import Api, CallRecord, Principal
from generator.compose.calling.answers import Methods
from generator.compose.calling.job import Credentials, Exchange, Job, Outcome
from generator.compose.calling.recorded import recorded_calls
from generator.compose.credentials import kind_of
from generator.plan import Package

_NOTHING: Mapping[str, Sequence[Exchange]] = MappingProxyType({})
MODES = ("sync", "async")
_SECONDS = 300
_SECONDS_A_CALL = 0.1
"""When a client hangs: late enough for a machine that does other things, too."""


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

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.calls + other.calls, self.faults + other.faults)


@dataclass(frozen=True, slots=True)
class Came:
    """What became of the calls by operation: those on a server, and each kind of exchange."""

    calls: Mapping[str, Tally]
    exchanges: Mapping[str, Mapping[str, Tally]]


def drive(
    api: Api,
    client: Client,
    mode: str,
    base_url: str,
    principal: Principal | None,
    records: Sequence[CallRecord] = (),
    exchanges: Mapping[str, Sequence[Exchange]] = _NOTHING,
) -> Came:
    """Make recorded calls again on a server, and give answers to the client, in one mode."""
    calls = list(recorded_calls(api, client.methods, records))
    job = Job(
        directory=str(client.directory),
        package=client.package.name,
        base_url=base_url,
        mode=mode,
        credentials=_credentials(api, principal),
        calls=calls,
        exchanges=[each for some in exchanges.values() for each in some],
    )
    outcomes = iter(_done(job))
    return Came(
        calls=_tallied(islice(outcomes, len(calls))),
        exchanges={
            kind: _tallied(islice(outcomes, len(some)), f"{mode}: ")
            for kind, some in exchanges.items()
        },
    )


def _done(job: Job) -> list[Outcome]:
    """Run the job; where its process ends early, that is what became of everything."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.compose.calling.driver"],
        input=msgspec.json.encode(job),
        capture_output=True,
        timeout=_SECONDS + (len(job.calls) + len(job.exchanges)) * _SECONDS_A_CALL,
        check=False,
    )
    if not done.returncode:
        return msgspec.json.decode(done.stdout, type=list[Outcome])
    error = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    made = [*(each.operation for each in job.calls), *(e.call.operation for e in job.exchanges)]
    return [Outcome(each, error or "the client's process ended") for each in made]


def _tallied(outcomes: Iterable[Outcome], before: str = "") -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for each in outcomes:
        wrong = (before + each.error,) if each.error else ()
        found[each.operation] = found.get(each.operation, Tally()) + Tally(1, wrong)
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
