# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Unions whose members no tag tells apart.

msgspec builds no decoder for a union of models without tags, or of two kinds of list. So generated
code states such a union as a class of its own, made by ``Untagged``, which holds the members and
what is known to tell them apart; type checkers see the plain union. Values are never instances of
it, they are those of its members: ``fitting`` finds which.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .models import UnknownVariant


class Untagged(type):
    """A union of types, in the order in which they are tried.

    ``constants`` has, for each member, fields that can have only one value; ``tags`` leads from a
    value of the field ``tag_field`` to the members it may stand for,
    and every other value to ``unknown``, where that is given.
    """

    members: tuple[Any, ...]
    constants: tuple[Mapping[str, Any], ...]
    tag_field: str
    tags: Mapping[str, Sequence[Any]]
    unknown: type[UnknownVariant] | None

    def __new__(cls, name: str, *members: Any, **told: Any) -> "Untagged":
        """Make the class that stands for the union."""
        return super().__new__(cls, name, (), {})

    def __init__(
        cls,
        name: str,
        *members: Any,
        constants: Sequence[Mapping[str, Any]] = (),
        tag_field: str = "",
        tags: Mapping[str, Sequence[Any]] | None = None,
        unknown: type[UnknownVariant] | None = None,
    ) -> None:
        super().__init__(name, (), {})
        cls.members = members
        cls.constants = tuple(constants) or ({},) * len(members)
        cls.tag_field = tag_field
        cls.tags = tags or {}
        cls.unknown = unknown

    def __instancecheck__(cls, value: object) -> bool:
        # msgspec asks whether what was found for the union is of it.
        return True
