# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Enumerations that outlive the server's next release.

A value the description does not know becomes a member of its own: it has the type, compares and
encodes as its value, and says ``is_known`` False. It is not registered, so a server that sends ever
new values costs no memory.
"""

from enum import IntEnum, StrEnum


class OpenEnum(StrEnum):
    """An enumeration of strings that takes values it does not know."""

    @property
    def is_known(self) -> bool:
        """Whether the description lists this value."""
        return self.value in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> "OpenEnum | None":
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member

    # Enum hashes the name; an equal string must have an equal hash.
    __hash__ = str.__hash__


class OpenIntEnum(IntEnum):
    """An enumeration of integers that takes values it does not know."""

    @property
    def is_known(self) -> bool:
        """Whether the description lists this value."""
        return self.value in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> "OpenIntEnum | None":
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_, member._value_ = str(value), int(value)
        return member

    __hash__ = int.__hash__
