"""How a command ends early: a code and what is said on stderr."""

from __future__ import annotations


class Ending(Exception):  # noqa: N818 (no error: also a run that ends as it should)
    """Ends the command with this code after printing these lines."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__(code, *lines)
        self.code = code
        self.lines = lines
