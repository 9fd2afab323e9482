"""How a command ends early: a code and what is said on stderr."""

from __future__ import annotations


class Ending(Exception):
    """Ends the command with this code after printing these lines."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__(code, *lines)
        self.code = code
        self.lines = lines
