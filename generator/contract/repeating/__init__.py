"""How anybody makes the calls of a finding again: which calls, and the lines that make them."""
