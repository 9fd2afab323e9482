"""Answers drawn from the description, for each operation and status, and some that it forbids.

In: an Api, the planned methods of its client, a seed. Out: exchanges, in which the client is given
one answer and must return, raise or refuse what the description says. A body that must come back is
one that jsonschema-rs accepts or that a client outlives; one that must be refused is proven wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generator.api import Api, Content, Operation, walk
from generator.api.model import Response
from generator.compose.calling.arguments import Arguments
from generator.compose.calling.distorted import Distorted, distorted
from generator.compose.calling.expecting import expected
from generator.compose.calling.extended import extended
from generator.compose.calling.instances import Drawn, Instances
from generator.compose.calling.job import Call, Exchange, Expected, Fault, Reply
from generator.compose.calling.structure import Structure, assumed
from generator.diagnostics import Diagnostic, Diagnostics, Where
from generator.mock.samples import generator
from generator.mock.values import ABSENT
from generator.plan import MethodView
from generator.wire import is_json
from generator.wire.sequences import SEQUENCES

Methods = Mapping[str, tuple[str, MethodView]]
"""By operation, the attribute of the client and the method."""

_VALUES = 3
_CHANGES_OF_SCHEMA, _CHANGES_OF_ANSWER = 150, 4
"""How many changes are tried where a schema is first met, and where it is met again."""
_BODILESS = (204, 205, 304)
_TEXT = "lockstep \u2713".encode()


class Answers:
    """Draws answers for the operations of one Api.

    What was said when the client was planned counts: which schemas it reads as plain JSON, and
    which tags it adds where they are not asked for.
    """

    def __init__(self, api: Api, seed: int, diagnostics: Diagnostics | None = None) -> None:
        said = [] if diagnostics is None else list(diagnostics)
        open_places = frozenset(_places(said, "type-widened"))
        self._api = api
        self._added = assumed(api, _places(said, "tag-assumed"))
        self._seed = seed
        self._instances = Instances(api, "response", unlisted=False)
        self._structure = Structure(api, "response", open_places)
        self._drawn: dict[Where, list[Drawn]] = {}
        self._wrong: dict[Where, list[Distorted]] = {}

    def exchanges(self, methods: Methods) -> Iterator[Exchange]:
        """The exchanges of every operation that the client has a method for."""
        arguments = Arguments(self._api, self._seed)
        for operation in self._api.operations:
            if operation.name in methods:
                call = arguments.call(operation, *methods[operation.name])
                for response in operation.responses:
                    yield from self._answered(operation, call, response)

    def _answered(self, operation: Operation, call: Call, response: Response) -> Iterator[Exchange]:
        status = status_of(operation, response.status)
        if status is None:
            return
        if not response.content or status in _BODILESS:
            reply = Reply(status)
            wanted = expected(self._api, operation, reply, "", None)
            yield Exchange(f"{status}", call, reply, wanted)
        kinds: set[str] = set()
        for content in response.content if status not in _BODILESS else ():
            kind = content.media_type.partition(";")[0].strip().lower()
            # What a sequence is read as is no matter of one schema: it has tests of its own.
            is_sequence = kind in SEQUENCES and bool(content.items or content.schema)
            if kind not in kinds and not is_sequence:
                kinds.add(kind)
                given = _Given(self._api, operation, call, content, status)
                given.added = self._added
                yield from self._given(given)

    def _given(self, given: _Given) -> Iterator[Exchange]:
        schema = given.content.schema
        if not is_json(given.content.media_type):
            yield given.exchange("a body", None, text=_TEXT)
        elif schema is None:
            yield given.exchange("a body", {"a": [1, None, "b"]})
        else:
            yield from self._in_json(given, schema)

    def _in_json(self, given: _Given, schema: Where) -> Iterator[Exchange]:
        values = self._values(schema)
        for each in values if given.succeeds else values[:1]:
            yield given.exchange("a valid body", each.value, listed=each.listed)
        if not values or walk.types(self._api, schema) == frozenset(("null",)):
            return  # what is null alone is None, whatever comes
        more = extended(self._instances.conform, schema, values[0].value)
        yield given.exchange("fields that nobody lists", more)
        cut = msgspec.json.encode([values[0].value])[:-1]
        yield given.refused(Distorted("JSON that ends too soon", None, (), 0), cut)
        for wrong in self._some_wrong(schema, given):
            if wrong.least is None:
                yield given.exchange(wrong.what, wrong.value)
            else:
                yield given.refused(wrong, msgspec.json.encode(wrong.value))

    def _values(self, schema: Where) -> list[Drawn]:
        """A few valid values of a schema, the fullest first."""
        if schema not in self._drawn:
            made = [
                self._instances.drawn(schema, generator(self._seed, schema, number))
                for number in range(_VALUES)
            ]
            kept = [each for each in made if each.value is not ABSENT]
            self._drawn[schema] = sorted(kept, key=lambda e: -len(msgspec.json.encode(e.value)))
        return self._drawn[schema]

    def _some_wrong(self, schema: Where, given: _Given) -> list[Distorted]:
        """The changes of a schema where it is first met; then a few, others for every answer."""
        most = _CHANGES_OF_ANSWER if schema in self._wrong else _CHANGES_OF_SCHEMA
        if schema not in self._wrong:
            value = self._drawn[schema][0].value
            conform = self._instances.conform
            self._wrong[schema] = list(distorted(conform, self._structure, schema, value))
        known = self._wrong[schema]
        random = generator(self._seed, given.operation.name, given.status)
        return random.sample(known, min(most, len(known)))


class _Given:
    """Makes exchanges of one status and media type."""

    def __init__(
        self, api: Api, operation: Operation, call: Call, content: Content, status: int
    ) -> None:
        self.operation = operation
        self.content = content
        self.status = status
        self.added: list[str] = []
        self._api = api
        self._call = call

    @property
    def succeeds(self) -> bool:
        """Whether the status is a success."""
        return 200 <= self.status < 300

    def exchange(
        self, what: str, value: object, *, listed: bool = False, text: bytes | None = None
    ) -> Exchange:
        """A body that comes back as it went in."""
        body = msgspec.json.encode(value) if text is None else text
        reply = self._reply(body)
        wanted = self._expected(reply, value, listed=listed)
        return Exchange(self._label(what), self._call, reply, wanted)

    def refused(self, wrong: Distorted, body: bytes) -> Exchange:
        """A body that does not fit: an error of decoding, or an error without its body."""
        reply = self._reply(body)
        wanted = self._expected(reply, wrong.value)
        if wanted.error:
            wanted = msgspec.structs.replace(wanted, form="none", value=None)
        else:
            fault = Fault(list(wrong.path), wrong.least or 0, wrong.inside)
            wanted = Expected(error="DecodeError", fault=fault)
        return Exchange(self._label(wrong.what), self._call, reply, wanted)

    def _expected(self, reply: Reply, value: object, *, listed: bool = False) -> Expected:
        wanted = expected(
            self._api,
            self.operation,
            reply,
            self.content.media_type,
            value,
            listed=listed,
            paged=self._call.paged,
        )
        return msgspec.structs.replace(wanted, added=self.added)

    def _reply(self, body: bytes) -> Reply:
        kind = self.content.media_type.replace("*", "x-lockstep")
        return Reply(self.status, [("content-type", kind)], body)

    def _label(self, what: str) -> str:
        return f"{self.status} {self.content.media_type}, {what}"


def status_of(operation: Operation, declared: str) -> int | None:
    """A status that is answered as declared: of a range or the default, one that no other takes."""
    if declared.isdigit():
        return int(declared) if int(declared) >= 200 else None
    taken = {each.status for each in operation.responses}
    if declared.upper() == "DEFAULT":
        succeeds = any(each.startswith("2") for each in taken)
        families = [each for each in (5, 4) if f"{each}XX" not in taken] if succeeds else [2]
    else:
        families = [int(declared[0])] if declared[:1] in "2345" else []
    candidates = (family * 100 + number for family in families for number in range(100))
    return next((n for n in candidates if str(n) not in taken and n not in _BODILESS), None)


def _places(said: Iterable[Diagnostic], code: str) -> Iterator[Where]:
    """The schemas of which something was said."""
    for each in said:
        if each.code == code and isinstance(each.where, Where):
            yield each.where
