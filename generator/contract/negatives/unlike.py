"""Whether it is a case's fault that decides its answer, or what stands in the way of every call.

In come a session and findings about one operation, out come those that tell something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from generator.api.exchange import CallRecord, Principal, Request
from generator.api.model import Operation
from generator.contract.calling.connection import NoAnswer
from generator.contract.lockstep.ways import described
from generator.contract.pointer import MISSING
from generator.contract.session import Session
from generator.contract.smoke import subject
from generator.contract.world import Thing, Unreachable, World
from generator.report import Finding


class Unlike:
    """Findings about an operation, without those that tell nothing.

    Where no call of it ever succeeded, one without a fault may get the same answer: what stands in
    its way then is not the fault.
    """

    def __init__(self, session: Session, operation: Operation) -> None:
        self._session = session
        self._operation = operation
        self.left = 0

    def only(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those whose answer differs; how many did not is counted."""
        for each in findings:
            if each.calls[-1].response.status == self.status:
                self.left += 1
            else:
                yield each

    @cached_property
    def status(self) -> int:
        """What the call without a fault gets; 0 where the operation is known to succeed."""
        name, world = self._operation.name, self._session.world
        if any(each.operation == name and _succeeded(each) for each in self._session.calls):
            return 0
        try:
            request, principal = faultless(world, self._operation, subject(world, self._operation))
            answer = world.send(self._operation, request, principal)
        except (Unreachable, NoAnswer):
            return 0
        return 0 if answer.success else answer.status


def faultless(
    world: World, operation: Operation, thing: Thing | None
) -> tuple[Request, Principal | None]:
    """A call without a fault, and who makes it."""
    body = described(world, operation, thing, 0).body
    if body is MISSING and operation.body is not None and operation.body.required:
        raise Unreachable("no valid body could be drawn")
    return world.request(operation, thing, body=body), world.principal_for(operation)


def _succeeded(call: CallRecord) -> bool:
    return 200 <= call.response.status < 300
