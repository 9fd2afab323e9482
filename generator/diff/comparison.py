"""Two descriptions compared: verdicts on the API and its client, what is approved, the bumps."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Where
from generator.diff.bump import Bump
from generator.diff.judging import Verdict
from generator.diff.rules import Level
from generator.diff.touching import Touch
from generator.report import Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Verdicts, by their number what of them is approved and why, and faults of approvals.

    `base` and `revision` are the names of the descriptions, `bump` and `client` the parts of
    their versions, and of the client's, that grow; `touches` is, by verdict, what of the tests a
    change touches, where that was asked for.
    """

    base: str
    revision: str
    verdicts: tuple[Verdict, ...]
    approved: dict[int, str]
    faults: tuple[Finding, ...]
    bump: Bump
    client: Bump
    touches: tuple[Touch, ...] = ()

    def fails(self, on: Level | None) -> bool:
        """Whether a verdict that nobody approved is at this level or above, or an approval rots."""
        if self.faults:
            return True
        open_ones = (v for n, v in enumerate(self.verdicts) if n not in self.approved)
        return on is not None and any(each.level.rank >= on.rank for each in open_ones)

    def places(self) -> tuple[list[Where], list[Where]]:
        """The places in base and in revision, to be found all at once."""
        base = [each.base for each in self.verdicts if each.base]
        revision = [each.revision for each in self.verdicts if each.revision]
        return base, revision
