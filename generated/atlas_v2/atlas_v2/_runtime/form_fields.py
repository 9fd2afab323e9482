# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Fields of a form that are given by name: arguments in, the mapping that is sent out.

A form has no model, since what is a file in it is given in many ways that no model holds. Refused,
as a model does it: a name that is none of its fields, and a field that is missing.
"""

from collections.abc import Mapping

from msgspec import Struct


class FormFields(Struct, frozen=True):
    """Makes a form of its fields: `names` are those on the wire by those of the arguments."""

    names: Mapping[str, str]
    needed: tuple[str, ...] = ()
    always: Mapping[str, str | int] = {}
    """Fields that have only one value."""

    def __call__(self, /, **given: object) -> dict[str, object]:
        """The form of these fields."""
        given = {**self.always, **given}
        for name in given:
            if name not in self.names:
                raise TypeError(f"Unexpected keyword argument {name!r}")
        for name in self.needed:
            if name not in given:
                raise TypeError(f"Missing required argument {name!r}")
        return {wire: given[name] for name, wire in self.names.items() if name in given}
