"""What the report says of one description."""

from __future__ import annotations

from dataclasses import dataclass, field

STAGES = ("read", "validate", "build", "plan", "render", "write")
PARTS = ("print", "check the syntax trees", "style")
"""The stages of a run, and the parts of rendering, which count all cores together."""


@dataclass(slots=True)
class Row:
    """One description: what became of it, and what that took."""

    name: str
    outcome: str = "traceback"
    declared: int = 0
    generated: int = 0
    codes: dict[str, int] = field(default_factory=dict[str, int])
    messages: list[str] = field(default_factory=list[str])
    faults: list[str] = field(default_factory=list[str])
    black: int | None = None
    stages: dict[str, float] = field(default_factory=dict[str, float])
    seconds: float = 0.0
    megabytes: int = 0
    digest: str = ""
    meant_to_fail: bool = False
    accepted: bool = False

    @property
    def is_good(self) -> bool:
        """Whether everything is generated and works, or a diagnostic says what is not."""
        if self.faults or self.black or self.outcome in ("traceback", "timeout"):
            return False
        if self.is_silent:
            return False
        return self.outcome == "refused" or self.generated == self.declared

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said of what is meant to be refused, without a reason for that."""
        return self.meant_to_fail and not self.codes and not self.accepted
