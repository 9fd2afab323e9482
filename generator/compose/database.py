"""A database of hypothesis's from its address: a folder, or a Redis that several machines share.

In comes text, out comes the database; an address that cannot be used is a `ValueError`.
"""

from __future__ import annotations

import importlib
from typing import Any

from hypothesis.database import DirectoryBasedExampleDatabase, ExampleDatabase


def database_of(address: str) -> ExampleDatabase:
    """The database at `redis://HOST[:PORT][/NUMBER]`, or in a folder."""
    if not address.startswith(("redis://", "rediss://")):
        return DirectoryBasedExampleDatabase(address)
    try:
        # Neither is wanted by those who do not share: the library of Redis need not be there.
        redis: Any = importlib.import_module("redis")
        extra: Any = importlib.import_module("hypothesis.extra.redis")
    except ImportError:
        raise ValueError("an example database in Redis needs the package redis") from None
    made: ExampleDatabase = extra.RedisExampleDatabase(redis.Redis.from_url(address))
    return made
