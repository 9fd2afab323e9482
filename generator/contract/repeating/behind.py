"""The calls behind those that show a finding: without them they show nothing on another day.

In come the record of a run and the calls that show a finding, out go these and those that made what
they name or list, in the order in which they were made. How many is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from generator.api.exchange import CallRecord
from generator.contract.judging.answer import Answer
from generator.contract.kinds import use_of
from generator.contract.repeating.bringing import Brought, brought, made, mentions
from generator.contract.world import World

_LISTED = 5
"""How many of the things that a list shows are made again."""
_MOST = 20
_CHANGES = frozenset({"PUT", "PATCH"})


def behind(
    world: World, record: Sequence[CallRecord], calls: Sequence[CallRecord]
) -> tuple[CallRecord, ...]:
    """The calls, what brought things to where they found them, and what all these need."""
    wanted = list(calls)
    for call in calls:
        around = _around(world, record[: _place(record, call)], call)
        wanted += [each for each in around if each not in wanted]
    return with_makers(world, record, wanted)


def with_makers(
    world: World, record: Sequence[CallRecord], calls: Sequence[CallRecord]
) -> tuple[CallRecord, ...]:
    """The calls with those that made what they name."""
    wanted, supplied = list(calls), set[str]()
    last = max((_place(record, each) for each in calls), default=0)
    for call in reversed(record[:last]):
        if len(wanted) >= _MOST:
            break
        needed = {each for each in brought(world, call) if each.value not in supplied}
        needed = {each for each in needed if any(_needs(world, one, each) for one in wanted)}
        supplied |= {each.value for each in needed if not each.below}
        if needed and call not in wanted:
            wanted.insert(0, call)
    return tuple(sorted(wanted, key=lambda each: _place(record, each)))


def _around(world: World, earlier: Sequence[CallRecord], call: CallRecord) -> Iterator[CallRecord]:
    """What brought things to where a call found them: creates of what is listed, a delete."""
    operation = world.api.operation(call.operation)
    use = operation.behaviours.resource if operation else None
    if operation is None or use is None:
        return
    if use.role == "list":
        yield from islice(_listed(world, earlier, Answer(operation, call)), _LISTED)
    before = [each for each in reversed(earlier) if 200 <= each.response.status < 300]
    path = _path(call)
    gone = next((e for e in before if e.request.method == "DELETE" and _path(e) == path), None)
    if gone is not None:
        yield gone
    elif use.role in ("list", "read"):
        changes = (e for e in before if e.request.method in _CHANGES)
        yield from islice((e for e in changes if _path(e).partition(path)[0] == ""), 1)
    elif use.role == "delete":
        inside = (e for e in before if _path(e).startswith(f"{path}/") and made(world, e))
        yield from islice(inside, 1)


def _listed(world: World, earlier: Sequence[CallRecord], answer: Answer) -> Iterator[CallRecord]:
    """The latest creates of what a list shows; one where it shows nothing."""
    key = world.kinds[use_of(answer.operation).resource].resource.key
    shown = {str(each.get(key)) for each in world.items(answer)}
    creates = (e for e in reversed(earlier) if made(world, e) and _path(e) == _path(answer.call))
    if not shown:
        yield from islice(creates, 1)
        return
    yield from (e for e in creates if any(each.value in shown for each in brought(world, e)))


def _needs(world: World, call: CallRecord, value: Brought) -> bool:
    """Whether a call names a value that it does not make itself."""
    return mentions(call, value) and made(world, call) != value


def _path(call: CallRecord) -> str:
    return call.request.target.partition("?")[0]


def _place(record: Sequence[CallRecord], call: CallRecord) -> int:
    return record.index(call) if call in record else len(record)
