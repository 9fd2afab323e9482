"""A mock that runs while it is needed, with the principals that may call it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from generator.api import Api, Principal
from generator.mock import Trouble, app_for, serve


@dataclass(frozen=True, slots=True)
class Served:
    """A running mock: its address with the server's path, and who may call it."""

    url: str
    principals: tuple[Principal, ...]


@contextmanager
def served(
    api: Api,
    *,
    auth: bool,
    principals: Sequence[Principal] = (),
    seed: int = 0,
    host: str = "127.0.0.1",
    port: int = 0,
    state: str = "",
    troubles: Sequence[Trouble] = (),
    control: bool = False,
) -> Generator[Served, None, None]:
    """Serve the description while the block runs; without principals, seeded ones are made."""
    app = app_for(
        api,
        auth=auth,
        principals=principals,
        seed=seed,
        state=state,
        troubles=troubles,
        control=control,
    )
    with closing(app), serve(app, host, port) as server:
        yield Served(server.url + app.base, app.principals)
