"""Which part finds which planted fault: laws without a model, lockstep, both; and schemathesis.

`python -m tests.mutants [--server NAME…] [--every N] [--only WORD…] [--schemathesis]` prints a row
a fault and sums by server and class. A right server of each kind stands first: what is said of it
is a false alarm. `--schemathesis` sets `st run` beside, as it comes, which takes most of an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from generator.api.openapi import openapi
from generator.compose.twin import MockTwin
from generator.contract import Called, Found, Options, Target, run
from generator.mock import serve
from generator.report import Severity
from tests.mutants.servers import MACHINE, ROOT, SERVERS, Subject, right, subjects

COLUMNS = {"laws": ("smoke", "laws", "negatives", "auth"), "lockstep": ("lockstep",)}
_AUTH = {"atlas-v1": "digest", "atlas-v2": "digest", "concord": "key", "boards": "X-Key"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one column says: the rule that broke first, after how many calls, shown by how many."""

    rule: str = ""
    calls: int = 0
    shown: int = 0

    def __str__(self) -> str:
        return f"{self.rule or '-'} {self.calls}"


def verdict(subject: Subject, column: str, seed: int = 1) -> Verdict:
    """Run the parts of a column until they find something."""
    api, calls = subject.described.api, 0
    twin = MockTwin(api) if column == "lockstep" else None
    # Where no extension says what may come anywhere, what is not documented is a fault.
    options = Options(only=COLUMNS[column], seed=seed, strict=subject.server == "bare")
    with serve(subject.app) as server:
        target = Target(server.url + subject.base, subject.principals, disposable=True)
        events = run(api, {}, target, options, twin)
        for event in events:
            calls += isinstance(event, Called)
            if isinstance(event, Found) and event.finding.severity is Severity.ERROR:
                events.close()
                return Verdict(event.finding.rule, calls, len(event.finding.calls))
    return Verdict(calls=calls)


@dataclass(frozen=True, slots=True)
class Row:
    """One fault, and what each column says of it."""

    subject: Subject
    verdicts: dict[str, Verdict]
    plain: str = ""

    @property
    def found(self) -> bool:
        """Whether any of ours finds it."""
        return any(each.rule for each in self.verdicts.values())


def row(subject: Subject, *, plainly: bool = False) -> Row:
    """Judge one wrong server."""
    verdicts = {column: verdict(subject, column) for column in COLUMNS}
    return Row(subject, verdicts, plain(subject) if plainly else "")


def plain(subject: Subject) -> str:
    """What `st run` says of a server that it does not say of the right one: `-` for nothing."""
    said = _said(subject) - _right_said(subject.server, bool(subject.principals))
    return min(said, default="-")


@cache
def _right_said(server: str, auth: bool) -> frozenset[str]:
    return _said(right(server, auth=auth))


def _said(subject: Subject) -> frozenset[str]:
    """The failures by their titles, as its own command prints them."""
    who = subject.principals[:1]
    described = openapi(subject.described.root, without_security=not who)
    kind = _AUTH.get(subject.server, "X-Key")
    with tempfile.TemporaryDirectory() as folder, serve(subject.app) as server:
        Path(folder, "openapi.json").write_text(json.dumps(described), encoding="utf-8")
        command = [str(Path(sys.executable).parent / "st"), "run", "openapi.json", "--no-color"]
        command += ["--url", server.url + subject.base, "--seed", "1"]
        if who and kind == "X-Key":
            command += ["--header", f"X-Key: {who[0].secret}"]
        signed = {"LOCKSTEP_TEST_AUTH": kind} if who and kind != "X-Key" else {}
        if signed:
            signed |= {"LOCKSTEP_TEST_USER": who[0].user, "LOCKSTEP_TEST_SECRET": who[0].secret}
            signed |= {"SCHEMATHESIS_HOOKS": "tests.contract.hooks"}
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **signed}
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    return frozenset(re.findall(r"^- (.+)$", done.stdout, re.MULTILINE))


def main(arguments: list[str]) -> int:
    """Print the table, and the sums below it; 1 where a right server is accused."""
    asked = _parser().parse_args(arguments)
    servers = asked.server or SERVERS
    accused = [line for server in servers for line in _false_alarms(server)]
    print("\n".join(accused) or "nothing is said of the right servers")
    chosen = [each for server in servers for each in subjects(server) if _fits(each, asked.only)]
    began, rows = time.monotonic(), list[Row]()
    for subject in chosen[:: asked.every]:
        rows.append(row(subject, plainly=asked.schemathesis))
        _print(rows[-1])
    _sums(rows, plainly=asked.schemathesis)
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if accused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--server", action="append", choices=SERVERS)
    parser.add_argument("--only", action="append", default=[], metavar="WORD")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--schemathesis", action="store_true")
    return parser


def _fits(subject: Subject, words: list[str]) -> bool:
    return not words or any(word in f"{subject.about} {subject.name}" for word in words)


def _false_alarms(server: str) -> Iterator[str]:
    for auth in (True,) if server in ("boards", "bare") else (True, False):
        for column in COLUMNS:
            told = verdict(right(server, auth=auth), column)
            if told.rule:
                yield f"FALSE ALARM on {server}: {column} {told.rule}"


def _print(told: Row) -> None:
    cells = "".join(f"{each!s:>28}" for each in told.verdicts.values())
    verdict = "" if told.found else "MISSED"
    name = f"{told.subject.name[:46]:46}"
    head = f"{told.subject.server:9} {told.subject.about[:16]:16} {told.subject.origin[:4]} {name}"
    print(f"{head}{cells} {told.plain[:40]:40} {verdict}".rstrip(), flush=True)


def _sums(rows: list[Row], *, plainly: bool) -> None:
    if not rows:
        return
    grouped: dict[str, list[Row]] = defaultdict(list)
    for each in rows:
        grouped[each.subject.server].append(each)
        if each.subject.server != "bare":
            grouped[f"  {each.subject.about}"].append(each)
            grouped["all but bare"].append(each)
    heads = [*COLUMNS, "both", *(["schemathesis"] if plainly else [])]
    print(f"\n{'':34}{'faults':>8}" + "".join(f"{head:>14}" for head in heads))
    for name in sorted(grouped):
        print(f"{name:34}{len(grouped[name]):>8}" + "".join(_cells(grouped[name], plainly)))
    machine = sum(each.subject.origin == MACHINE for each in grouped["all but bare"])
    print(f"\n{machine} of {len(grouped['all but bare'])} are planted by machine")
    for column in COLUMNS:
        told = [each.verdicts[column] for each in rows if each.verdicts[column].rule]
        if told:
            calls, shown = median(e.calls for e in told), max(e.shown for e in told)
            print(f"{column}: median calls {calls:.0f}, at most {shown} calls in a counterexample")


def _cells(rows: Iterable[Row], plainly: bool) -> Iterator[str]:
    rows = list(rows)
    for column in COLUMNS:
        yield f"{sum(bool(each.verdicts[column].rule) for each in rows):>14}"
    found = sum(each.found for each in rows)
    yield f"{found:>6} {found / len(rows):>6.0%} "
    if plainly:
        yield f"{sum(each.plain not in ('', '-') for each in rows):>13}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
