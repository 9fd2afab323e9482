"""`lockstep mock`: serve a description from state until it is stopped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click
from rich_click import RichCommand

from generator.api import Api, Principal
from generator.cli import options
from generator.cli.ending import Ending
from generator.cli.inputs import principals_from
from generator.cli.output import end_unless_usable
from generator.compose.load import load_api
from generator.compose.serving import served
from generator.mock import ServeError


class _Stopped(Exception):
    """The process was asked to stop."""


@click.command("mock", cls=RichCommand)
@click.argument("spec")
@options.overlay
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=0, help="Port to listen on; 0 takes a free one.")
@click.option("--auth", is_flag=True, help="Ask for credentials, as the description says.")
@options.principals
@options.seed
def command(
    spec: str,
    overlays: tuple[str, ...],
    host: str,
    port: int,
    auth: bool,
    principals_file: str | None,
    seed: int,
) -> None:
    """Serve SPEC from state. The address is printed when calls are taken.

    Same seed and same calls, same answers. With --auth and no --principals, seeded credentials are
    made and printed on stderr.
    """
    loaded = load_api(spec, reader=options.read_file, overlays=overlays)
    end_unless_usable(loaded)
    assert loaded.api is not None
    known = principals_from(principals_file, (), loaded.api)
    if principals_file and not auth:
        raise click.UsageError("--principals goes with --auth")
    _serve(loaded.api, known, auth=auth, seed=seed, host=host, port=port)


def _serve(
    api: Api, known: Sequence[Principal], *, auth: bool, seed: int, host: str, port: int
) -> None:
    signal.signal(signal.SIGTERM, _stop)
    try:
        with served(api, auth=auth, principals=known, seed=seed, host=host, port=port) as mock:
            if not known:
                _print_principals(mock.principals)
            click.echo(mock.url)
            sys.stdout.flush()
            signal.pause()
    except _Stopped:
        return
    except ServeError as error:
        raise Ending(2, str(error)) from None


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _print_principals(principals: Sequence[Principal]) -> None:
    for each in principals:
        roles = " ".join(each.roles)
        click.echo(f"{each.name}: {each.scheme} {each.user} {each.secret} {roles}", err=True)
