"""Prints the agreement and every disagreement; ends with 1 where one has no reason."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.diff_cases.agreement import Judged, judged, read_cases, reasons


def main() -> int:
    """Judge every case of the folder that is named."""
    found = [judged(case) for case in read_cases(Path(sys.argv[1]))]
    _print_table("match", Counter(each.case.match for each in found), found, by_rule=False)
    rules = Counter(rule for each in found for rule in each.case.expected)
    _print_table("rule", rules, found, by_rule=True)
    return _print_disagreements(found)


def _print_table(title: str, rows: Counter[str], found: list[Judged], *, by_rule: bool) -> None:
    print(f"\n{title:55} agree    of")
    for name, count in sorted(rows.items()):
        good = sum(
            each.agrees
            for each in found
            if (name in each.case.expected if by_rule else name == each.case.match)
        )
        print(f"{name:55} {good:5} {count:5}")


def _print_disagreements(found: list[Judged]) -> int:
    known = reasons()
    wrong = [each for each in found if not each.agrees]
    print(f"\nagree: {len(found) - len(wrong)} of {len(found)}, ", end="")
    print(f"{100 * (len(found) - len(wrong)) / len(found):.1f} %")
    for each in wrong:
        case = each.case
        print(f"\n{case.name} ({case.match})\n  expected {_told(case.expected)}")
        print(f"  reported {_told(each.reported)}\n  {known.get(case.name, 'NO REASON GIVEN')}")
    return int(any(each.case.name not in known for each in wrong))


def _told(ids: Counter[str]) -> str:
    return ", ".join(f"{name} x{count}" for name, count in sorted(ids.items())) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
