"""The calls of a divergence that matter, where trying did not make it short.

In come the calls of a sequence as they were recorded, the last of which shows the divergence, and
the record of the run; out come at most four, with what made them: what looked the same way before
and saw something else, the latest writes on what is looked at, and the look itself. A fault that
spoils what was there shows once, so no shorter sequence can be tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from generator.api.exchange import CallRecord
from generator.contract.repeating.behind import with_makers
from generator.contract.world import World

MOST = 4
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def sliced(
    world: World, calls: Sequence[CallRecord], record: Sequence[CallRecord]
) -> tuple[CallRecord, ...]:
    """The calls as they are where they are few, else those that matter."""
    if len(calls) <= MOST:
        return tuple(calls)
    *earlier, last = calls
    kept = [last]
    for call in (*_other_looks(last, record), *_writes(last, earlier)):
        wider = sorted([*kept, call], key=lambda each: _place(record, each))
        if call not in kept and len(with_makers(world, record, wider)) <= MOST:
            kept = wider
    return tuple(kept)


def _other_looks(last: CallRecord, record: Sequence[CallRecord]) -> Iterator[CallRecord]:
    """The latest call that asked the same and was told otherwise."""
    place = _place(record, last)
    for call in reversed(record[:place]):
        same = call.request.target == last.request.target and call.principal == last.principal
        if same and call.request.method == last.request.method:
            if (call.response.status, call.response.body) != _answer(last):
                yield call
            return


def _writes(last: CallRecord, earlier: Sequence[CallRecord]) -> Iterator[CallRecord]:
    """The writes on what is looked at, or on what it lies in, the latest first."""
    looked = _path(last)
    for call in reversed(earlier):
        written = _path(call)
        inside = written[: len(looked)] == looked
        around = looked[: len(written)] == written and call.request.method != "POST"
        if call.request.method not in _SAFE and (inside or around):
            yield call


def _answer(call: CallRecord) -> tuple[int, bytes]:
    return call.response.status, call.response.body


def _path(call: CallRecord) -> list[str]:
    return urlsplit(call.request.target).path.split("/")


def _place(record: Sequence[CallRecord], call: CallRecord) -> int:
    return next((at for at in reversed(range(len(record))) if record[at] == call), len(record))
