"""Which part finds which planted fault: laws without a model, lockstep, both; calls until then.

`python -m tests.mutants.table [WORD…]` prints the table, of the faults whose names hold a word.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from generator.api import Api
from generator.compose.twin import MockTwin
from generator.contract import Called, Found, Options, Target, run
from generator.mock import MockApp, app_for
from tests.mutants.planted import plant
from tests.mutants.test_mutants import Put, Stage, apps, atlas
from tests.mutants.zoo import ZOO, Mutant

PARTS = ("laws", "lockstep")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one part says of one fault: the rule that broke first, after how many calls."""

    rule: str = ""
    calls: int = 0
    shown: int = 0


def verdict(api: Api, app: MockApp, put: Put, part: str, *, auth: bool) -> Verdict:
    """Run a part until it finds something."""
    principals = tuple(app.principals) if auth else ()
    target = Target(put(app), principals, disposable=True)
    calls = 0
    events = run(api, {}, target, Options(only=(part,), seed=1), MockTwin(api))
    for event in events:
        calls += isinstance(event, Called)
        if isinstance(event, Found):
            events.close()
            return Verdict(event.finding.rule, calls, len(event.finding.calls))
    return Verdict(calls=calls)


def row(api: Api, right: Mapping[bool, MockApp], put: Put, mutant: Mutant) -> list[Verdict]:
    """What each part says of a mutant."""
    return [
        verdict(api, plant(right[mutant.auth], mutant.fault), put, part, auth=mutant.auth)
        for part in PARTS
    ]


def main(words: list[str]) -> None:
    """Print the table, and the sums below it."""
    api = atlas()
    right = apps(api)
    chosen = [each for each in ZOO if not words or any(word in each.name for word in words)]
    rows: list[list[Verdict]] = []
    print(f"{'fault':42} {'laws':>22} {'lockstep':>26} both")
    with Stage().open(app_for(api)) as put:
        for mutant in chosen:
            told = row(api, right, put, mutant)
            rows.append(told)
            cells = [f"{each.rule or 'MISSED'} {each.calls}" for each in told]
            both = "found" if any(each.rule for each in told) else "MISSED"
            print(f"{mutant.name:42} {cells[0]:>22} {cells[1]:>26} {both}", flush=True)
    for place, part in enumerate(PARTS):
        hits = [each[place] for each in rows if each[place].rule]
        calls = median([each.calls for each in hits]) if hits else 0
        print(f"{part}: {len(hits)} of {len(rows)}, median calls {calls:.0f}")
    print(f"both: {sum(any(each.rule for each in told) for told in rows)} of {len(rows)}")


if __name__ == "__main__":
    main(sys.argv[1:])
