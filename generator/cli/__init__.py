"""Floor 7: the command line. Only here is anything printed, exited with, or read from outside.

Commands live one a module and are imported when they are called, so that `lockstep --help` and
`lockstep check` do not pay for what `lockstep test` needs.
"""

from generator.cli.main import main

__all__ = ["main"]
