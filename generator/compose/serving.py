"""A mock that runs while it is needed, with the principals that may call it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from generator.api import Api, Principal
from generator.mock import app_for, principals_for, serve
from generator.mock.blueprint import base_path


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
) -> Generator[Served, None, None]:
    """Serve the description while the block runs; without principals, seeded ones are made."""
    known = tuple(principals) or (principals_for(api, seed) if auth else ())
    app = app_for(api, auth=auth, principals=known, seed=seed)
    below = base_path(api.servers[0].url) if api.servers else ""
    with serve(app, host, port) as server:
        yield Served(server.url + below, known if auth else ())
