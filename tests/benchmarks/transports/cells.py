"""The suite: a cell is a function of a kind that returns when the transport does what it should."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.transports import bodies, connecting, living, trusting
from tests.benchmarks.transports.driver import DoesNotApply, NotClaimed

Cell = Callable[[str], None]

CELLS: tuple[Cell, ...] = (
    connecting.keep_alive,
    connecting.pool_limit,
    connecting.connect_timeout,
    connecting.read_timeout,
    connecting.total_timeout,
    connecting.proxy,
    connecting.proxy_of_the_environment,
    trusting.ca_bundle,
    trusting.wrong_certificate,
    trusting.client_certificate,
    trusting.http2,
    trusting.http2_unasked,
    bodies.redirects,
    bodies.body_up,
    bodies.stream_down,
    bodies.stream_up,
    bodies.failing_upload,
    bodies.abandoned_stream,
    living.together,
    living.cancellation,
    living.fork,
    living.interrupt,
    living.on_trio,
)
SLOW: tuple[Cell, ...] = (bodies.gigabyte_down, bodies.gigabyte_up)
"""Those that take seconds; only the command runs them."""


def outcome(cell: Cell, kind: str) -> str:
    """What a cell says."""
    try:
        cell(kind)
    except DoesNotApply:
        return "n/a"
    except NotClaimed as reason:
        return f"not claimed: {reason}"
    except Exception as error:
        return f"FAILED: {type(error).__name__} {error}"
    return "ok"
