"""What an answer brings that later calls name: the key of what was made, a cursor, an entity tag.

In comes a recorded call, out come values with the place where its answer has them. Who makes the
later calls again on another day has to take these values from new answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.api.exchange import CallRecord
from generator.contract.judging.answer import Answer
from generator.contract.judging.paging import next_of
from generator.contract.pointer import look, mapping
from generator.contract.world import World
from generator.report import stands

_LONG = 6
_CONDITIONS = frozenset({"if-match", "if-none-match"})


@dataclass(frozen=True, slots=True)
class Brought:
    """A value, and the pointer to it in the body; without one it stands in the ETag field.

    A short number may be anything: it is one that stands `below` the place where it was made.
    """

    value: str
    pointer: str = ""
    below: str = ""

    @property
    def named(self) -> str:
        """How later calls name it."""
        return f"/{self.below}/{self.value}" if self.below else self.value


def brought(world: World, call: CallRecord) -> Iterator[Brought]:
    """What a successful call's answer brings."""
    if not 200 <= call.response.status < 300:
        return
    if key := made(world, call):
        yield key
        yield from _other_names(world, call)
    operation = world.api.operation(call.operation)
    paging = operation.behaviours.pagination if operation else None
    if operation is not None and paging is not None and paging.style == "cursor" and paging.next:
        cursor = next_of(Answer(operation, call), paging)
        if cursor and "?" not in cursor:
            yield Brought(cursor, paging.next)
    if tag := call.response.header("ETag"):
        yield Brought(tag)


def made(world: World, call: CallRecord) -> Brought | None:
    """The key of what a call made."""
    operation = world.api.operation(call.operation)
    use = operation.behaviours.resource if operation else None
    if operation is None or use is None or use.role not in ("create", "upsert"):
        return None
    pointer = f"{use.item}/{world.kinds[use.resource].resource.key}"
    success = 200 <= call.response.status < 300
    value = Answer(operation, call).at(pointer) if success else None
    told = isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    return Brought(str(value), pointer, _below(call, str(value))) if told else None


def _other_names(world: World, call: CallRecord) -> Iterator[Brought]:
    """The alternative keys of what a call made."""
    operation = world.api.operation(call.operation)
    use = operation.behaviours.resource if operation else None
    if operation is None or use is None:
        return
    answer = Answer(operation, call)
    # A receipt may leave to the request what is called how.
    item = {**mapping(look(answer.sent, use.request)), **world.item(answer)}
    for name in world.kinds[use.resource].resource.alternative_keys:
        if isinstance(value := item.get(name), str) and value:
            yield Brought(value, f"{use.item}/{name}")


def _below(call: CallRecord, value: str) -> str:
    """The segment of a path behind which the key of what was made there stands."""
    path = call.request.target.partition("?")[0].removesuffix(f"/{value}")
    return path.rpartition("/")[2] if value.isdigit() and len(value) < _LONG else ""


def mentions(call: CallRecord, value: Brought) -> bool:
    """Whether a call names a value: in its address, in its body or as a condition."""
    if value.below:
        return stands(value.named, call.request.target)
    body = call.request.body.decode("utf-8", "replace")
    told = (told for name, told in call.request.headers if name.lower() in _CONDITIONS)
    return any(stands(value.value, each) for each in (call.request.target, body, *told))
