"""`lockstep`: the group of commands, and how a run ends.

0 fine, 1 findings, 2 could not do it, 130 interrupted (contract of all commands).
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any, NoReturn

import click
from rich_click import RichGroup

from generator import __version__
from generator.cli.ending import Ending

COMMANDS = {
    "check": "Say what is wrong with a description, by file, line and column.",
    "diff": "Say what a revision of a description changes, and what that breaks.",
    "dump": "Print the neutral model of a description, or the description after overlays.",
    "explain": "Say what a diagnostic, a law, a check or a rule about changes means.",
    "generate": "Write the typed Python client of a description.",
    "init": "Write a starting configuration.",
    "mock": "Serve a description from state.",
    "replay": "Make the calls of a recorded run again.",
    "test": "Hold a server to its description.",
    "verify": "Check, generate, mock, test and call each API of the configuration.",
}


class _LazyGroup(RichGroup):
    """Knows the commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The name and help line of a command, for lists and for completion."""
        return click.Command(cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command itself, when it is called."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = importlib.import_module(f"generator.cli.{name}").command
        return name, command, rest


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="lockstep")
def lockstep() -> None:
    """One OpenAPI description in; client, mock, contract suite and change report out."""


def main() -> NoReturn:
    """Run the command line and exit as agreed."""
    # What hypothesis would load for other libraries of the environment costs more than itself.
    os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")
    code = run(sys.argv[1:])
    # What is left ends with the process; collecting it first would take a twentieth of a run.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; the exit code."""
    try:
        outcome: Any = lockstep.main(arguments, prog_name="lockstep", standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except Ending as ending:
        for line in ending.lines:
            print(line, file=sys.stderr)
        return ending.code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as error:
        print("interrupted", file=sys.stderr)
        # The library raises an error of its own in place of the interrupt.
        for note in getattr(error.__context__ or error, "__notes__", ()):
            print(note, file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader is gone (`lockstep dump | head`): nothing is left to say, nor anybody to hear.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
