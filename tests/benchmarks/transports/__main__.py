"""`python -m tests.benchmarks.transports`: every cell over every kind, as a table.

A cell is `ok`, not claimed, not applicable, or what went wrong. Servers listen on 127.0.0.1 alone;
certificates are made for the run with the openssl command.
"""

from __future__ import annotations

import sys

from tests.benchmarks.transports.cells import CELLS, SLOW, outcome
from tests.benchmarks.transports.driver import KINDS


def main() -> int:
    """Print the table; 1 when a cell failed."""
    failed = 0
    print(f"{'':26}" + "".join(f"{kind:18}" for kind in KINDS))
    for cell in (*CELLS, *SLOW):
        found = [outcome(cell, kind) for kind in KINDS]
        failed += sum(each.startswith("FAILED") for each in found)
        marks = [each.partition(":")[0] for each in found]
        print(f"{cell.__name__:26}" + "".join(f"{mark:18}" for mark in marks), flush=True)
        for note in dict.fromkeys(each for each in found if ":" in each):
            print(f"{'':28}{note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
