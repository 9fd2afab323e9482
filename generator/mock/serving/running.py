"""A mock in a `with` block: from a description, or an Api, to an address that answers.

In come a path or an Api and how the mock shall behave; a description that cannot be used is a
`DescriptionError` with what is wrong with it. The same app may be called without a port, by any
client that speaks ASGI.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.api import Api, Principal, build
from generator.diagnostics import Diagnostics
from generator.document import load
from generator.mock.serving.app import MockApp, app_for
from generator.mock.serving.serve import serve
from generator.mock.serving.troubles import trouble_of


class DescriptionError(ValueError):
    """A description that cannot be used; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class RunningMock:
    """A running mock: its address with the server's path, who may call it, and its app."""

    url: str
    app: MockApp

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Whoever can sign in; nobody needs to where the mock is open."""
        return self.app.principals


@contextmanager
def running(
    description: Api | str | os.PathLike[str],
    *,
    overlays: Sequence[str | os.PathLike[str]] = (),
    auth: bool = False,
    principals: Sequence[Principal] = (),
    seed: int = 0,
    host: str = "127.0.0.1",
    port: int = 0,
    state: str = "",
    faults: Sequence[str] = (),
    control: bool = False,
) -> Generator[RunningMock]:
    """Serve a description while the block runs, on a free port unless one is named.

    `faults` are written as on the command line: `429:0.1`, `delay:200`, `cut`, `truncate`.
    """
    app = app_for(
        description if isinstance(description, Api) else read_api(description, overlays),
        auth=auth,
        principals=principals,
        seed=seed,
        state=state,
        troubles=[trouble_of(each) for each in faults],
        control=control,
    )
    with closing(app), serve(app, host, port) as server:
        yield RunningMock(server.url + app.base, app)


def read_api(
    description: str | os.PathLike[str], overlays: Sequence[str | os.PathLike[str]] = ()
) -> Api:
    """The Api of a description in a file."""
    diagnostics = Diagnostics()
    resolved = load(
        os.fspath(description),
        diagnostics,
        reader=lambda name: Path(name).read_bytes(),
        overlays=[os.fspath(each) for each in overlays],
    )
    api = build(resolved, diagnostics) if resolved is not None else None
    if api is None or diagnostics.fatal:
        raise DescriptionError("\n".join(f"{each.where} {each.message}" for each in diagnostics))
    return api
