"""How a target is reached, from options: whom to trust over TLS, by proxy, with what in each call.

In come names of files, a proxy and header fields, out come a `Route` and the same as files; what
cannot be used ends the command.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from generator.cli.ending import Ending
from generator.cli.options import environment
from generator.compose.credentials import CredentialsError
from generator.compose.fixed_headers import header_from
from generator.contract.calling.connection import FixedHeader, Route
from generator.contract.calling.target import Trust

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--ca-bundle", default="", metavar="FILE", help="Certificates to trust (PEM)."),
    click.option(
        "--client-certificate", default="", metavar="FILE", help="A certificate of one's own (PEM)."
    ),
    click.option("--client-key", default="", metavar="FILE", help="Its key, if it is elsewhere."),
    click.option("--proxy", default="", metavar="URL", help="An http proxy on the way."),
    click.option(
        "--header",
        "headers",
        multiple=True,
        metavar="'NAME: VALUE'",
        help="A header field of every call; ${VARIABLE} in it is the environment's.",
    ),
)


def options(command: Decorated) -> Decorated:
    """The options about reaching a target."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command


def route_of(
    ca_bundle: str, client_certificate: str, client_key: str, proxy: str, headers: Iterable[str]
) -> Route:
    """The way to the target."""
    fixed = tuple(map(_header, headers))
    if proxy and urlsplit(proxy).scheme != "http":
        raise click.UsageError("--proxy takes an address that begins with http://")
    if not (ca_bundle or client_certificate):
        return Route(proxy=proxy, headers=fixed)
    try:
        context = ssl.create_default_context(cafile=ca_bundle or None)
    except OSError as error:
        raise Ending(2, f"{ca_bundle}: {error.strerror or error}") from None
    if client_certificate:
        try:
            context.load_cert_chain(client_certificate, client_key or None)
        except OSError as error:
            raise Ending(2, f"{client_certificate}: {error.strerror or error}") from None
    return Route(context=context, proxy=proxy, headers=fixed)


def _header(argument: str) -> FixedHeader:
    try:
        return header_from(argument, environment())
    except CredentialsError as error:
        raise Ending(2, str(error)) from None


def trust_of(ca_bundle: str, client_certificate: str, client_key: str) -> Trust:
    """The same as files, for an engine with a client of its own."""
    return Trust(bundle=ca_bundle, certificate=client_certificate, key=client_key)
