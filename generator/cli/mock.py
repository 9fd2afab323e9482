"""`lockstep mock`: serve a description from state until it is stopped."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import FrameType

import click
import msgspec
from rich_click import RichCommand

import generator.cli.options as options
from generator.api import Principal
from generator.cli.ending import Ending
from generator.cli.inputs import principals_from
from generator.cli.loading import load
from generator.cli.output import end_unless_usable
from generator.compose.serving import Served, served
from generator.mock import ServeError, StateFileError, Trouble, TroubleError, trouble_of

_LONG = 3600
"""Seconds to sleep at a time, until a signal comes: not every system can wait for one alone."""
_TOLD = ("name", "scheme", "user", "secret", "roles")


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
@click.option("--state", metavar="FILE", default="", help="Keep the state in this SQLite file.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="FAULT[:SHARE]",
    help="Trouble callers: STATUS, delay:MS, cut or truncate, always or in a share; repeatable.",
)
@click.option("--control", is_flag=True, help="Answer tests below /__lockstep__/.")
@options.remote
@options.remote_refs
@options.no_cache
@options.output_format("text", "json")
def command(
    spec: str,
    overlays: tuple[str, ...],
    host: str,
    port: int,
    auth: bool,
    principals_file: str | None,
    seed: int,
    state: str,
    faults: tuple[str, ...],
    control: bool,
    form: str,
) -> None:
    """Serve SPEC from state. The address is printed when calls are taken.

    Same seed and same calls, same answers. With --auth and no --principals, seeded credentials are
    made and printed on stderr; with --format json they stand beside the address: an object with url
    and principals (name, scheme, user, secret, roles).
    """
    loaded = load(spec, overlays)
    end_unless_usable(loaded)
    assert loaded.api is not None
    known = principals_from(principals_file, (), loaded.api)
    if principals_file and not auth:
        raise click.UsageError("--principals goes with --auth")
    mock = served(
        loaded.api,
        auth=auth,
        principals=known,
        seed=seed,
        host=host,
        port=port,
        state=state,
        troubles=_troubles(faults),
        control=control,
    )
    _serve(mock, tell=not known, form=form)


def _troubles(faults: tuple[str, ...]) -> list[Trouble]:
    try:
        return [trouble_of(each) for each in faults]
    except TroubleError as error:
        raise click.UsageError(f"--fault: {error}") from None


def _serve(mock: AbstractContextManager[Served], *, tell: bool, form: str) -> None:
    signal.signal(signal.SIGTERM, _stop)
    try:
        with mock as running:
            _announce(running.url, running.principals if tell else (), form)
            sys.stdout.flush()
            while True:
                time.sleep(_LONG)
    except _Stopped:
        return
    except (ServeError, StateFileError) as error:
        raise Ending(2, str(error)) from None


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _announce(url: str, principals: Sequence[Principal], form: str) -> None:
    """Say where the mock answers, and the credentials that it made."""
    if form == "json":
        told = [{name: getattr(each, name) for name in _TOLD} for each in principals]
        click.echo(msgspec.json.encode({"url": url, "principals": told}).decode())
        return
    for each in principals:
        roles = " ".join(each.roles)
        click.echo(f"{each.name}: {each.scheme} {each.user} {each.secret} {roles}", err=True)
    click.echo(url)
