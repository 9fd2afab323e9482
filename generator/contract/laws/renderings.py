"""Envelopes and representations: the same content in another dress."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from generator.api.behaviours import Envelope
from generator.api.model import Operation, Parameter
from generator.contract.judging.answer import Answer
from generator.contract.kinds import Kinds, use_of
from generator.contract.laws.law import Law
from generator.contract.pointer import MISSING, mapping
from generator.contract.smoke import subject
from generator.contract.world import Unreachable, World
from generator.report import Finding


class _Rendering(Law):
    """A law about a parameter that changes how a read is written."""

    @abstractmethod
    def _declared(self, parameter: Parameter) -> bool:
        """Whether the parameter is such a one."""

    @abstractmethod
    def _compare(
        self, world: World, plain: Answer, dressed: Answer, parameter: Parameter
    ) -> Iterator[Finding]:
        """Hold the two answers against each other."""

    def subjects(self, kinds: Kinds) -> Iterator[Operation]:
        """Reads and lists with such a parameter."""
        for kind in kinds:
            for operation in kind.by_role("read", "list"):
                if any(self._declared(each) for each in operation.parameters):
                    yield operation

    def check(self, world: World, operation: Operation) -> Iterator[Finding]:
        """Call it with and without."""
        thing = subject(world, operation)
        for parameter in filter(self._declared, operation.parameters):
            plain = world.call(operation, thing)
            dressed = world.call(operation, thing, query={parameter.name: True})
            if not plain.success:
                raise Unreachable(f"{operation.name} answered {plain}")
            yield from self._compare(world, plain, dressed, parameter)


class EnvelopeWraps(_Rendering):
    """Unwrapped, an enveloped body is the plain one; the status inside is the status outside."""

    id: ClassVar[str] = "envelope"
    says: ClassVar[str] = "An envelope holds the plain body and the answer's own status."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-envelope",)

    def _declared(self, parameter: Parameter) -> bool:
        return parameter.behaviours.envelope is not None

    def _compare(
        self, world: World, plain: Answer, dressed: Answer, parameter: Parameter
    ) -> Iterator[Finding]:
        envelope = parameter.behaviours.envelope
        assert envelope is not None
        inside = mapping(dressed.value)
        if inside.get(envelope.status) != dressed.status:
            title = "the status in the envelope is not the answer's"
            yield self.broken(
                world, [dressed], title, expected=str(dressed.status), actual=str(dressed)
            )
        content = _content(dressed, envelope, _beside(envelope, plain.operation))
        if _addressless(content, plain.operation) != _addressless(plain.value, plain.operation):
            title = "the content of the envelope is not the plain body"
            yield self.broken(
                world, [plain, dressed], title, expected=plain.value, actual=str(dressed)
            )


class SameRepresentation(_Rendering):
    """Written otherwise, a body says the same."""

    id: ClassVar[str] = "representation"
    says: ClassVar[str] = "A representation changes how a body is written, not what it says."
    needs: ClassVar[tuple[str, ...]] = ("x-lockstep-representation",)

    def _declared(self, parameter: Parameter) -> bool:
        return parameter.behaviours.representation is not None

    def _compare(
        self, world: World, plain: Answer, dressed: Answer, parameter: Parameter
    ) -> Iterator[Finding]:
        operation = plain.operation
        if _addressless(dressed.value, operation) != _addressless(plain.value, operation):
            title = f"{parameter.name} changes what the body says"
            yield self.broken(
                world, [plain, dressed], title, expected=plain.value, actual=str(dressed)
            )


def _addressless(body: object, operation: Operation) -> object:
    """A body without the addresses of a page, which repeat the call's own query."""
    paging = operation.behaviours.pagination
    members = mapping(body)
    for pointer in (paging.links, paging.next) if paging else ():
        members.pop((pointer or "").removeprefix("/"), None)
    return members or body


def _beside(envelope: Envelope, operation: Operation) -> bool:
    paged = operation.behaviours.pagination is not None and use_of(operation).role == "list"
    return envelope.lists == "beside" and paged


def _content(dressed: Answer, envelope: Envelope, beside: bool) -> object:
    inside = mapping(dressed.value)
    if beside:
        return {name: value for name, value in inside.items() if name != envelope.status}
    return inside.get(envelope.content, MISSING)
