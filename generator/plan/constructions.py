"""JSON values as Python expressions: models constructed, members of enumerations named.

In: a value and the type that it is given as. Out: code that makes it, which type checkers accept
where the value fits; what fits nothing stays the plain value.
"""

from __future__ import annotations

from generator.plan.code import Call, Code, Value
from generator.plan.types import FILE, ClassRef, ListOf, MapOf, Plain, TupleOf, Type, members
from generator.plan.views.models import ModelsModule, StructView

SOME_BYTES = Code('b"..."')
_PLAIN = {"str": str, "int": int, "bool": bool}


class Constructions:
    """Makes code for values of the types of one models module."""

    def __init__(self, models: ModelsModule) -> None:
        self._structs = {each.name: each for each in models.structs}
        self._members = {
            each.name: {value: name for name, value in each.members if isinstance(value, str | int)}
            for each in models.enums
        }

    def of(self, value: Value, kind: Type) -> Value:
        """The code of a value that is given as a type."""
        for each in members(kind):
            found = self._member(value, each)
            if found is not None:
                return found
        return value

    def _member(self, value: Value, kind: Type) -> Value:
        """The code of a value as one alternative of a type, None where it is none."""
        if kind == FILE:
            return SOME_BYTES
        if isinstance(kind, Plain):
            return value if type(value) is _PLAIN.get(kind.name) else None
        if isinstance(kind, ListOf):
            return [self.of(each, kind.item) for each in value] if isinstance(value, list) else None
        if isinstance(kind, TupleOf) and isinstance(value, list):
            fits = len(value) == len(kind.items)
            return tuple(map(self.of, value, kind.items)) if fits else None
        if isinstance(kind, ClassRef):
            return self._named(value, kind.name)
        if isinstance(kind, MapOf) and isinstance(value, dict):
            return {name: self.of(each, kind.value) for name, each in value.items()}
        return None

    def _named(self, value: Value, name: str) -> Value:
        if isinstance(value, str | int) and value in self._members.get(name, {}):
            return Code(f"models.{name}.{self._members[name][value]}")
        struct = self._structs.get(name)
        if struct is None or not isinstance(value, dict):
            return None
        return self._model(value, struct)

    def _model(self, value: dict[str, Value], struct: StructView) -> Value:
        fields = {each.wire: each for each in struct.fields}
        needed = {each.wire for each in struct.fields if each.default is None}
        given = {k: v for k, v in value.items() if k not in {each.wire for each in struct.tag}}
        if not given.keys() <= fields.keys() or not needed <= given.keys():
            return None
        keywords = {fields[k].name: self.of(v, fields[k].kind) for k, v in given.items()}
        return Call(f"models.{struct.name}", keywords=keywords)
