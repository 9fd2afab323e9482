"""`python -m tests.mutants`: the table of all planted faults; `--help` says how to choose."""

import sys

from tests.mutants.table import main

sys.exit(main(sys.argv[1:]))
