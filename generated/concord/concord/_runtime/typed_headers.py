# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Header fields of a response as typed values.

In come header fields and the class that a description makes of them, out goes an instance. A value
is read in the ``simple`` style (https://spec.openapis.org/oas/v3.1.1.html#style-values): lists are
parted by commas. A field that does not fit, or is missing where it must be there, is a DecodeError
that names it.
"""

from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from .errors import DecodeError
from .raw import RawResponse


class HeaderFields(Struct, frozen=True, kw_only=True):
    """The base of classes of header fields; what was not sent is UNSET."""


T = TypeVar("T")
H = TypeVar("H", bound=HeaderFields)


class HeadedResponse(RawResponse[T], Generic[T, H]):
    """A response as it came, whose header fields are described."""

    __slots__ = ("_fields",)

    def __init__(self, raw: RawResponse[T], fields: type[H]) -> None:
        super().__init__(raw.operation, raw.request, raw.response, raw.make)
        self._fields = fields

    @property
    def typed_headers(self) -> H:
        """The header fields that the description declares."""
        given = {
            field.encode_name: _plain(values, field.type)
            for field in msgspec.structs.fields(self._fields)
            if (values := self.headers.get_all(field.encode_name))
        }
        try:
            return msgspec.convert(given, self._fields, strict=False)
        except msgspec.ValidationError as error:
            raise DecodeError(f"header fields: {error}", self.response, self.request) from error


def _plain(values: tuple[str, ...], wanted: Any) -> str | list[str]:
    text = ", ".join(values)
    if not any(get_origin(each) is list for each in (wanted, *get_args(wanted))):
        return text
    return [part for each in text.split(",") if (part := each.strip())]
