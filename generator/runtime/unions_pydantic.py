"""Unions of pydantic's models, as generated code states them.

Type checkers see the plain union, pydantic a class made here, which says how the member is found: a
``Tagged`` union by the value of one field, an ``Untagged`` one by what is known to tell members
apart, and then by trial. Values are never instances of the class, they are those of its members.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Union

from pydantic import GetCoreSchemaHandler, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema
from pydantic_core.core_schema import CoreSchema, ValidatorFunctionWrapHandler

from .json_text import json_text
from .json_values_pydantic import explained, validated
from .models_pydantic import Model, UnknownVariant, field_of
from .plain import is_object

_UNKNOWN = "\0unknown"
"""The choice that stands for all tags which are not described."""
_REASON = 200


class Tagged(type):
    """A union of models, each with its value of the field ``tag_field``.

    Every other value leads to ``unknown``.
    """

    def __new__(cls, name: str, **told: Any) -> "Tagged":
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
            custom_error_type="union_tag_missing",
            custom_error_message="Nothing tells which member of the union it is",
        )
        return core_schema.nullable_schema(tagged) if cls.nullable else tagged

    def _tag_of(cls, value: object) -> str | None:
        tag = field_of(value, cls.tag_field) if isinstance(value, Model) else None
        if is_object(value):
            tag = value.get(cls.tag_field)
        if isinstance(value, cls.unknown) or (isinstance(tag, str) and tag not in cls.tags):
            return _UNKNOWN
        return tag if isinstance(tag, str) else None

    def _kept(cls, value: Any) -> UnknownVariant:
        return value if isinstance(value, cls.unknown) else cls.unknown(raw=value)


class Untagged(type):
    """A union of types, in the order in which they are tried.

    ``constants`` has, for each member, fields that can have only one value; ``tags`` leads from a
    value of the field ``tag_field`` to the members it may stand for,
    and every other value to ``unknown``, where that is given.
    """

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
        plain = handler.generate_schema(Union[members])  # noqa: UP007 (made while running)
        return core_schema.with_info_wrap_validator_function(cls._validated, plain)

    def _validated(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        return cls._chosen(value) if info.mode == "json" else handler(value)

    def _chosen(cls, raw: Any) -> Any:
        """The value of the member that fits what was read."""
        if cls.unknown is not None and is_object(raw):
            told = raw.get(cls.tag_field)
            if isinstance(told, str) and told not in cls.tags:
                return cls.unknown(raw=raw)
        text, reasons = json_text(raw), dict[str, str]()
        for members in cls._rounds(raw):
            try:
                return validated(text, Union[members])  # noqa: UP007 (made while running)
            except ValidationError:
                reasons |= {_name(each): _reason(text, each) for each in members}
        said = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        raise PydanticCustomError(
            "no_member", "fits no member of {union} ({said})", {"union": cls.__name__, "said": said}
        )

    def _rounds(cls, raw: Any) -> Iterator[tuple[Any, ...]]:
        """The members to try first, and those to try where none of these fits."""
        if is_object(raw):
            told = raw.get(cls.tag_field)
            if isinstance(told, str) and told in cls.tags:
                yield tuple(cls.tags[told])
            likely = tuple(cls._likely(raw))
            if likely:
                yield likely
        yield cls.members

    def _likely(cls, raw: Mapping[str, Any]) -> Iterator[Any]:
        for member, constants in zip(cls.members, cls.constants, strict=True):
            if all(raw.get(name, value) == value for name, value in constants.items()):
                yield member


def _reason(text: bytes, member: Any) -> str:
    """Why a text is no value of a member."""
    try:
        validated(text, member)
    except ValidationError as error:
        return explained(error, text)[:_REASON]
    return ""


def _name(member: Any) -> str:
    return getattr(member, "__name__", "") or str(member)
