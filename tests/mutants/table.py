"""Which part finds which planted fault: laws without a model, lockstep, both; and schemathesis.

`python -m tests.mutants [--server NAME…] [--every N] [--only WORD…] [--schemathesis [N]]` prints a
row a fault and sums by server and class. A right server of each kind stands first: what is said of
it is a false alarm. `--schemathesis` sets `st run` beside all faults of servers written by hand and
beside every Nth of the mocks'. What was judged is kept: a run that is broken off goes on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median

from tests.mutants.judged import COLUMNS, Row, judged, verdict
from tests.mutants.servers import (
    BARE,
    HANDMADE,
    MACHINE,
    MOCKED,
    SERVERS,
    Subject,
    handmade,
    right,
    subjects,
)
from tests.mutants.stores.table import FIRST_RUN, STORES

_STATEFUL = frozenset({"paging", "filters", "read your writes", "gone after delete", "guards"})
_STATEFUL |= {"partial update", "nothing else touched", "a refused write changes nothing"}
_STATEFUL |= {"parallel creates", "parallel updates", "parallel deletes"}
_STATEFUL |= {"safe methods change nothing"}


def main(arguments: list[str]) -> int:
    """Print the table, and the sums below it; 1 where a right server is accused."""
    asked = _parser().parse_args(arguments)
    servers = asked.server or SERVERS
    accused = [line for server in servers for line in _false_alarms(server)]
    print("\n".join(accused) or "nothing is said of the right servers", flush=True)
    began, rows = time.monotonic(), list[Row]()
    for told in _rows(list(_chosen(servers, asked)), asked.jobs):
        rows.append(told)
        _print(told)
    _sums(rows)
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if accused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--server", action="append", choices=SERVERS)
    parser.add_argument("--only", action="append", default=[], metavar="WORD")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--schemathesis", type=int, nargs="?", const=4, default=0, metavar="N")
    return parser


def _chosen(servers: list[str], asked: argparse.Namespace) -> Iterator[tuple[str, str, bool]]:
    """The faults by server and name, and whether schemathesis is asked too."""
    fitting = [each for server in servers for each in subjects(server) if _fits(each, asked.only)]
    for number, subject in enumerate(fitting[:: asked.every]):
        every = 1 if subject.server in HANDMADE else asked.schemathesis
        beside = asked.schemathesis and not subject.server.startswith(BARE) and number % every == 0
        yield subject.server, subject.name, bool(beside)


def _rows(chosen: list[tuple[str, str, bool]], jobs: int) -> Iterator[Row]:
    if jobs < 2:
        yield from (judged(*each) for each in chosen)
        return
    # Servers of this process have threads, which a fork would not take along.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(judged, *zip(*chosen, strict=True))


def _fits(subject: Subject, words: list[str]) -> bool:
    return not words or any(word in f"{subject.about} {subject.name}" for word in words)


def _false_alarms(server: str) -> Iterator[str]:
    for auth in (True,) if handmade(server) else (True, False):
        for column in COLUMNS:
            told = verdict(right(server, auth=auth), column)
            if told.rule:
                yield f"FALSE ALARM on {server}: {column} {told.rule}"


def _print(told: Row) -> None:
    cells = "".join(f"{each!s:>28}" for each in told.verdicts.values())
    missed = "" if told.found else "MISSED"
    head = f"{told.server:11} {told.about[:16]:16} {told.origin[:4]} {told.name[:46]:46}"
    print(f"{head}{cells} {told.plain[:40]:40} {missed}".rstrip(), flush=True)


def _sums(rows: list[Row]) -> None:
    if not rows:
        return
    grouped: dict[str, list[Row]] = defaultdict(list)
    for each in rows:
        grouped[each.server].append(each)
        if not each.server.startswith(BARE):
            grouped[f"  {each.about}"].append(each)
            grouped["all with extensions"].append(each)
        if each.server in MOCKED:
            grouped["mocks"].append(each)
    heads = "".join(f"{head:>14}" for head in (*COLUMNS, "both", "schemathesis"))
    print(f"\n{'':34}{'faults':>8}{heads}{'calls':>10}")
    for name in sorted(grouped):
        print(f"{name:34}{len(grouped[name]):>8}" + "".join(_cells(grouped[name])))
    _notes(rows, grouped["all with extensions"])


def _cells(rows: list[Row]) -> Iterator[str]:
    """Found by each column, by both, by schemathesis of those that it was asked about; calls."""
    for column in COLUMNS:
        yield f"{sum(bool(each.verdicts[column].rule) for each in rows):>14}"
    found = [each for each in rows if each.found]
    yield f"{len(found):>7} {len(found) / len(rows):>6.1%}"
    asked = [each for each in rows if each.plain]
    yield f"{sum(each.plain != '-' for each in asked)} of {len(asked)}".rjust(14)
    yield f"{median(each.calls for each in found):>10.0f}" if found else f"{'-':>10}"


def _notes(rows: list[Row], described: list[Row]) -> None:
    if any(each.server == STORES.name for each in rows):
        print(f"\n{FIRST_RUN}")
    machine = sum(each.origin == MACHINE for each in described)
    print(f"\n{machine} of {len(described)} are planted by machine")
    stateful = [each.calls for each in described if each.found and each.about in _STATEFUL]
    if stateful:
        print(f"median calls until a fault of state or paging is found: {median(stateful):.0f}")
    for column in COLUMNS:
        told = [each.verdicts[column] for each in rows if each.verdicts[column].rule]
        if told:
            calls, shown = median(e.calls for e in told), max(e.shown for e in told)
            print(f"{column}: median calls {calls:.0f}, at most {shown} calls in a counterexample")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
