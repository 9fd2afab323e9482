"""Two answers to one call compared: the target's, and the model's with what it decides of it.

Out come the first differences that count. Values that a server chooses are compared by what they
stood for before; lists in order where one is promised, else as sets; part of an unordered list by
its length alone. Where the model decides nothing there is no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.api.exchange import Determined
from generator.api.model import Api, Operation
from generator.contract.judging.answer import Answer
from generator.contract.judging.error_codes import declared_codes, error_code
from generator.contract.kinds import Kind, Kinds
from generator.contract.laws.compare import fields_of
from generator.contract.lockstep.pairs import Pairs
from generator.contract.pointer import MISSING, found, is_array, is_object, look
from generator.diagnostics.where import split
from generator.wire import MediaType

_TOLD_ANYWHERE = frozenset({429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the two do not agree on; `pointer` is the place in the body, if any."""

    what: str
    expected: object
    actual: object
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The two answers, and how much of them the model decides.

    `adopted` are the keys of what was there before, `whole` whether a list shows all of it, `sure`
    whether the model knows what of that the caller may see.
    """

    operation: Operation
    model: Answer
    target: Answer
    decided: Determined
    adopted: frozenset[str]
    whole: bool
    sure: bool


class Comparison:
    """Compares through a whole run: what was paired once stays paired."""

    def __init__(self, api: Api, kinds: Kinds) -> None:
        self._api = api
        self._kinds = kinds
        self.pairs = Pairs()
        self._codes = declared_codes(api)
        self._chosen: dict[tuple[str, str], bool] = {}

    def differences(self, sides: Sides) -> Iterator[Difference]:
        """What differs, the most telling first; nothing of the body where the status does."""
        model, target = sides.model, sides.target
        if not sides.decided.status:
            self._paired(sides)
            return
        if target.status in _TOLD_ANYWHERE or target.status == sides.decided.crash:
            return
        if model.status != target.status:
            yield Difference(what="status", expected=model.status, actual=target.status)
            return
        yield from _challenges(model, target)
        yield from self._media_types(sides)
        yield from self._code(sides)
        yield from self._members(sides)
        yield from self._lists(sides)

    def _paired(self, sides: Sides) -> None:
        """Learn what the two call a thing that both made, where no more than that is decided."""
        if sides.model.success and sides.target.success:
            for field in self._fields(sides, _members(sides.decided.fields)):
                pair = (found(each.plain, field.tokens) for each in (sides.model, sides.target))
                self._correspond(sides.operation, field, *pair)

    def _media_types(self, sides: Sides) -> Iterator[Difference]:
        declared = sides.operation.response(sides.model.status)
        if self._api.behaviours.errors is None and (declared is None or not declared.content):
            return  # what the model says of it is its own choice
        expected, actual = _media_type(sides.model), _media_type(sides.target)
        if sides.model.call.response.body and expected != actual:
            yield Difference(what="media type", expected=expected, actual=actual or "none")

    def _code(self, sides: Sides) -> Iterator[Difference]:
        errors = self._api.behaviours.errors
        if errors is None or sides.model.success or not sides.decided.code:
            return
        expected, actual = (
            error_code(self._api, each.call.response) for each in (sides.model, sides.target)
        )
        if isinstance(expected, str) and expected in self._codes and expected != actual:
            yield Difference(
                what="error code", pointer=errors.code or "", expected=expected, actual=actual
            )

    def _members(self, sides: Sides) -> Iterator[Difference]:
        model, target = sides.model.plain, sides.target.plain
        for field in self._fields(sides, _members(sides.decided.fields)):
            lenient = self._key(sides, found(target, field.tokens[:-1])) in sides.adopted
            pair = found(model, field.tokens), found(target, field.tokens)
            yield from self._differing(sides, field, *pair, lenient=lenient)

    def _lists(self, sides: Sides) -> Iterator[Difference]:
        for base in _lists(sides.decided.fields):
            expected, actual = look(sides.model.plain, base), look(sides.target.plain, base)
            if is_array(expected) and is_array(actual):
                yield from self._items(sides, base, expected, actual)
            elif (expected is MISSING) != (actual is MISSING):
                yield Difference(what="list", pointer=base, expected=expected, actual=actual)

    def _items(
        self, sides: Sides, base: str, expected: Sequence[object], actual: Sequence[object]
    ) -> Iterator[Difference]:
        if not sides.sure:
            # Whose the things are that were there before is not known, nor who may see them.
            expected, actual = self._own(sides, expected), self._own(sides, actual)
        if not sides.sure and not sides.whole:
            return
        if len(expected) != len(actual):
            yield Difference(what="items", pointer=base, expected=expected, actual=actual)
            return
        if not sides.whole and not sides.decided.ordered:
            return
        ordered = sides.decided.ordered
        fields = self._fields(sides, _inside(sides.decided.fields, base))
        for one, other in self._matched(sides, expected, actual, ordered=ordered):
            if other is None:
                yield Difference(what="items", pointer=base, expected=one, actual=actual)
                return
            lenient = self._key(sides, other) in sides.adopted
            for field in fields:
                pair = found(one, field.tokens), found(other, field.tokens)
                yield from self._differing(sides, field, *pair, lenient=lenient)

    def _own(self, sides: Sides, listed: Sequence[object]) -> list[object]:
        return [each for each in listed if self._key(sides, each) not in sides.adopted]

    def _matched(
        self, sides: Sides, expected: Sequence[object], actual: Sequence[object], *, ordered: bool
    ) -> Iterator[tuple[object, object | None]]:
        if ordered:
            yield from zip(expected, actual, strict=True)
            return
        by_key = {self._key(sides, each): each for each in actual}
        for each in expected:
            yield each, by_key.get(self._key(sides, each))

    def _fields(self, sides: Sides, places: tuple[_Place, ...]) -> list[_Field]:
        return [_Field(*place, self._opaque(sides, place[0])) for place in places]

    def _differing(
        self, sides: Sides, field: _Field, expected: object, actual: object, *, lenient: bool
    ) -> tuple[Difference, ...]:
        """The difference at a field, if it is one."""
        if expected is MISSING and (lenient or actual in (MISSING, None)):
            return ()
        if lenient and actual is MISSING:
            return ()
        if field.opaque:
            agree = self._correspond(sides.operation, field, expected, actual)
        else:
            agree = same(expected, actual)
        if agree:
            return ()
        what = "chosen value" if field.opaque else "field"
        told = Difference(what=what, pointer=field.pointer, expected=expected, actual=actual)
        return (told,)

    def _correspond(
        self, operation: Operation, field: _Field, expected: object, actual: object
    ) -> bool:
        if expected is MISSING or actual is MISSING:
            return expected is actual
        kind = self._kinds.of(operation)
        name = field.pointer.rpartition("/")[2]
        is_key = kind is not None and name == kind.resource.key
        paired = (int, str) if is_key else (str,)
        if type(expected) is not type(actual) or type(expected) not in paired:
            return type(expected) is type(actual)
        # Numbers of one kind come again in another.
        place = f"{kind.name}.{name}" if kind is not None and is_key else name
        return self.pairs.agree(place, str(expected), str(actual), one_to_one=is_key)

    def _opaque(self, sides: Sides, pointer: str) -> bool:
        """Whether a server chooses the value: as decided, or one that nobody sends or declares."""
        kind = self._kinds.of(sides.operation)
        if pointer in sides.decided.opaque or kind is None or not sides.model.success:
            return pointer in sides.decided.opaque
        name = pointer.rpartition("/")[2]
        if (kind.name, name) not in self._chosen:
            self._chosen[kind.name, name] = self._by_server(kind, name)
        return self._chosen[kind.name, name]

    def _by_server(self, kind: Kind, name: str) -> bool:
        if name in kind.resource.fields:
            return False
        place = fields_of(self._api, kind).get(name)
        return name == kind.resource.key or bool(place and self._api.schemas[place].read_only)

    def _key(self, sides: Sides, item: object) -> str:
        kind = self._kinds.of(sides.operation)
        return str(item.get(kind.resource.key, "")) if kind and is_object(item) else ""


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that is compared: its place as told, as followed, and whether a server chooses it."""

    pointer: str
    tokens: tuple[str, ...]
    opaque: bool


_Place = tuple[str, tuple[str, ...]]


@lru_cache(1024)
def _members(fields: frozenset[str]) -> tuple[_Place, ...]:
    """The pointers that lead into no list."""
    return tuple((each, split(each)) for each in sorted(fields) if "/*" not in each)


@lru_cache(1024)
def _lists(fields: frozenset[str]) -> tuple[str, ...]:
    """The lists that pointers lead into."""
    return tuple(sorted({each.partition("/*")[0] for each in fields if "/*" in each}))


@lru_cache(1024)
def _inside(fields: frozenset[str], base: str) -> tuple[_Place, ...]:
    """The pointers into the items of a list, each with the part of it below an item."""
    start = f"{base}/*"
    below = ((each, each.removeprefix(start)) for each in sorted(fields) if each.startswith(start))
    return tuple((pointer, split(within)) for pointer, within in below if "/*" not in within)


def same(first: object, second: object) -> bool:
    """Whether two JSON values are equal: 1 is 1.0, and true is not 1."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, str | int | float):
        return first == second
    if is_object(first) and is_object(second):
        return first.keys() == second.keys() and all(same(first[key], second[key]) for key in first)
    if is_array(first) and is_array(second):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def _challenges(model: Answer, target: Answer) -> Iterator[Difference]:
    # RFC 9110, section 15.5.2: a 401 must carry a challenge.
    expected, actual = (each.call.response.header("WWW-Authenticate") for each in (model, target))
    if model.status == 401 and expected and not actual:
        yield Difference(what="challenge", expected=expected.partition(" ")[0], actual="none")


def _media_type(answer: Answer) -> str:
    parsed = MediaType.parse(answer.call.response.header("Content-Type") or "")
    return parsed.essence if parsed else ""
