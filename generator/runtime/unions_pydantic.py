"""Unions of pydantic's models, as generated code states them.

Type checkers see the plain union, pydantic a class made here, which says how the member is found: a
``TaggedUnion`` by the value of one field, an ``Untagged`` one by what is known to tell members
apart, and then by trial. Values are never instances of the class, they are those of its members.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema
from pydantic_core.core_schema import CoreSchema, ValidatorFunctionWrapHandler

from .json_text import json_text
from .json_values_pydantic import explained, validated
from .models_pydantic import (
    Model,
    UnknownVariant,
    field_of,
    is_model,
    needed_names,
    sent_fields,
)
from .plain import is_array, is_object

_UNKNOWN = "\0unknown"
"""The choice that stands for all tags which are not described."""
_REASON = 200
_MORE_THAN_ANY = 1_000_000


class TaggedUnion(type):
    """A union of models, each with its value of the field ``tag_field``.

    Every other value, and none, leads to ``unknown``.
    """

    tag_field: str
    tags: Mapping[str, type[Model]]
    unknown: type[UnknownVariant]
    nullable: bool

    def __new__(
        cls,
        name: str,
        *,
        tag_field: str,
        tags: Mapping[str, type[Model]],
        unknown: type[UnknownVariant],
        nullable: bool = False,
    ) -> "TaggedUnion":
        """Make the class that stands for the union."""
        return super().__new__(cls, name, (), {})

    def __init__(
        cls,
        name: str,
        *,
        tag_field: str,
        tags: Mapping[str, type[Model]],
        unknown: type[UnknownVariant],
        nullable: bool = False,
    ) -> None:
        super().__init__(name, (), {})
        cls.nullable = nullable
        cls.tag_field = tag_field
        cls.tags = tags
        cls.unknown = unknown

    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        choices = {tag: handler.generate_schema(model) for tag, model in cls.tags.items()}
        choices[_UNKNOWN] = core_schema.no_info_plain_validator_function(
            cls._kept, json_schema_input_schema=handler.generate_schema(cls.unknown)
        )
        tagged = core_schema.tagged_union_schema(
            choices,
            cls._tag_of,
            custom_error_type="no_object",
            custom_error_message="Input should be an object",
        )
        return core_schema.nullable_schema(tagged) if cls.nullable else tagged

    def _tag_of(cls, value: object) -> str | None:
        if is_object(value):
            tag = value.get(cls.tag_field)
        elif isinstance(value, Model):
            tag = field_of(value, cls.tag_field)
        else:
            return None
        return tag if isinstance(tag, str) and tag in cls.tags else _UNKNOWN

    def _kept(cls, value: Any) -> UnknownVariant:
        return value if isinstance(value, cls.unknown) else cls.unknown(raw=value)


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

    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        members = (*cls.members, cls.unknown) if cls.unknown else cls.members
        plain = handler.generate_schema(_either(members))
        return core_schema.with_info_wrap_validator_function(cls._validated, plain)

    def _validated(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if info.mode != "json":
            return handler(value)
        return cls._read(value, {} if info.context is None else info.context)

    def _read(cls, raw: Any, known: dict[Any, Any]) -> Any:
        """The value of the member that fits; what holds unions in unions is looked at once."""
        text = json_text(raw)
        key = cls, text
        if key in known:
            found = deepcopy(known[key])
        else:
            found = known[key] = cls._chosen(raw, text, known)
        if isinstance(found, _Fault):
            raise PydanticCustomError("no_member", "{said}", {"said": found.said})
        return found

    def _chosen(cls, raw: Any, text: bytes, known: dict[Any, Any]) -> Any:
        if cls.unknown is not None and is_object(raw):
            told = raw.get(cls.tag_field)
            if isinstance(told, str) and told not in cls.tags:
                return cls.unknown(raw=raw)
        reasons: dict[Any, str] = {}
        for members in cls._rounds(raw):
            untried = [each for each in members if each not in reasons]
            found = _tried(untried, text, known, reasons)
            if found:
                return min(found, key=_unknown_of)
        said = "; ".join(f"{_name(each)}: {reason}" for each, reason in reasons.items())
        return _Fault(f"fits no member of {cls.__name__} ({said})")

    def _rounds(cls, raw: Any) -> Iterator[tuple[Any, ...]]:
        """The members to try first, and those to try where none of these fits."""
        if is_object(raw):
            told = raw.get(cls.tag_field)
            if isinstance(told, str) and told in cls.tags:
                yield tuple(cls.tags[told])
            yield tuple(cls._likely(raw))
        yield cls.members

    def _likely(cls, raw: Mapping[str, Any]) -> Iterator[Any]:
        for member, constants in zip(cls.members, cls.constants, strict=True):
            agrees = all(raw.get(name, value) == value for name, value in constants.items())
            if agrees and all(name in raw for name in _needed(member)):
                yield member


class _Fault:
    """Why a value fits no member."""

    def __init__(self, said: str) -> None:
        self.said = said


def _tried(
    members: Sequence[Any], text: bytes, known: dict[Any, Any], reasons: dict[Any, str]
) -> list[Any]:
    """What the members make of a text, where they make anything of it."""
    found: list[Any] = []
    for member in members:
        try:
            found.append(validated(text, member, known))
        except ValidationError as error:
            reasons[member] = explained(error, text)[:_REASON]
    return found


def _unknown_of(value: Any) -> int:
    """How much of a value its type does not know."""
    if isinstance(value, UnknownVariant):
        return _MORE_THAN_ANY
    if is_model(value):
        return len(value.model_extra or ()) + sum(
            _unknown_of(each) for _, each in sent_fields(value)
        )
    if is_array(value):
        return sum(map(_unknown_of, value))
    return sum(map(_unknown_of, value.values())) if is_object(value) else 0


def _needed(member: Any) -> Iterator[str]:
    """The wire names that a value of a member must have."""
    if isinstance(member, type) and issubclass(member, Model):
        yield from needed_names(member)


def _either(members: Iterable[Any]) -> Any:
    """The union of types, one of which may be known by its name only while running."""
    found, *others = members
    for other in others:
        found = found | other
    return found


def _name(member: Any) -> str:
    return getattr(member, "__name__", "") or str(member)
