"""Curl lines of findings, pasted into a shell: they show the fault again, and not without it.

`python -m tests.mutants.pasted [--server NAME…] [--every N]` pastes what each column finds first in
each wrong server, once where the same server stands anew and once where the right one does. It
prints what the lines do not tell apart, and what is shown by more than four calls.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generator.compose.twin import MockTwin
from generator.contract import Found, Options, Target, run
from generator.mock import serve
from generator.report import Finding, Severity
from tests.mutants.judged import COLUMNS
from tests.mutants.servers import BARE, SERVERS, Subject, right, subjects

MOST = 4
_STATUS = re.compile(r"HTTP/1\.[01] (\d+)")
# What two right servers of a kind say differently: keys, times, tags, addresses.
_CHOSEN = re.compile(
    r"[0-9a-f]{24,}|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z?|http://127\.0\.0\.1:\d+"
    r"|\d{7,}|(?i:date|etag|www-authenticate|content-length): .*"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a column finds first, and what its lines print at the wrong server and at the right."""

    finding: Finding
    wrong: str
    right: str

    @property
    def shows(self) -> bool:
        """Whether the lines show what was found, and the right server shows otherwise."""
        again = self.finding.calls[-1].response.status in statuses(self.wrong)
        return again and _blurred(self.wrong) != _blurred(self.right)


def fresh(server: str, name: str) -> Subject:
    """A wrong server to which nobody has spoken yet."""
    return next(each for each in subjects(server) if each.name == name)


def pasted(server: str, name: str, parts: tuple[str, ...], *, twin: bool) -> Pasted | None:
    """Let parts of the suite find something in a wrong server, and paste its lines."""
    subject = fresh(server, name)
    variables = {each.name: _variable(each.name) for each in subject.principals}
    secrets = {_variable(each.name): each.secret for each in subject.principals}
    with serve(subject.app) as began:
        found = _first(subject, began.url, parts, variables, twin=twin)
    if found is None or not found.calls:
        return None
    told = [
        _at(app, found.curl, began.url, secrets)
        for app in (fresh(server, name).app, right(server, auth=bool(secrets)).app)
    ]
    return Pasted(found, *told)


def shell(lines: str, secrets: Mapping[str, str]) -> str:
    """What a shell prints for curl lines."""
    environment = {**os.environ, **secrets}
    command = ["/bin/sh", "-c", lines]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, env=environment, check=False
    )
    return done.stdout


def statuses(printed: str) -> list[int]:
    """The statuses that stand in what was printed."""
    return [int(each) for each in _STATUS.findall(printed)]


@contextmanager
def others_may_come() -> Iterator[None]:
    """A call waits for another, as it does while the suite makes calls at once."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait, name="lockstep-at-once-pasted", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(30)


def _at(app: Any, lines: str, before: str, secrets: Mapping[str, str]) -> str:
    with serve(app) as again, others_may_come():
        return shell(lines.replace(before, again.url), secrets)


def _first(
    subject: Subject, url: str, parts: tuple[str, ...], variables: Mapping[str, str], *, twin: bool
) -> Finding | None:
    api = subject.described.api
    target = Target(url + subject.base, subject.principals, variables, disposable=True)
    options = Options(only=parts, seed=1, strict=subject.server.startswith(BARE))
    events = run(api, {}, target, options, MockTwin(api) if twin else None)
    told = (each.finding for each in events if isinstance(each, Found))
    found = next((each for each in told if each.severity is Severity.ERROR), None)
    events.close()
    return found


def _variable(name: str) -> str:
    return f"SECRET_{re.sub('[^A-Za-z0-9]', '_', name).upper()}"


def _blurred(printed: str) -> list[str]:
    # Calls at once are answered in any order.
    return sorted(_CHOSEN.sub("~", printed).splitlines())


def main(arguments: list[str]) -> int:
    """Print what is not shown again; how it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.pasted")
    parser.add_argument("--server", action="append", choices=SERVERS)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    asked = parser.parse_args(arguments)
    pairs = [(server, each.name) for server in asked.server or SERVERS for each in subjects(server)]
    count, longest, silent = 0, 0, 0
    for server, name in pairs[:: asked.every]:
        for column, parts in COLUMNS.items():
            told = pasted(server, name, parts, twin=column == "lockstep")
            if told is None:
                continue
            count, longest = count + 1, max(longest, len(told.finding.calls))
            if not told.shows or len(told.finding.calls) > MOST:
                silent += not told.shows
                print(f"{server}, {name}, {column}: {told.finding.id} {told.finding.title}")
                print(f"{told.finding.curl}\n", flush=True)
    print(f"{count} findings, at most {longest} calls, {silent} not shown again")
    return int(silent > 0 or longest > MOST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
