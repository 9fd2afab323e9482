"""`python -m tests.mutants`: the tables of all planted faults, of the zoo and by machine."""

from tests.mutants.boards import table as boards
from tests.mutants.table import main

main([])
print()
boards.main(1)
