# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Header fields of a response as typed values.

In come header fields and the class that a description makes of them, out goes an instance. A value
is read in the ``simple`` style (https://spec.openapis.org/oas/v3.1.1.html#style-values): lists and
objects are parted by commas, an object into ``a=1,b=2`` or, where its first part has no ``=``, into
``a,1,b,2``. A field that does not fit, or is missing where it must be there, is a DecodeError that
names it.
"""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from .errors import DecodeError
from .messages import Request, Response
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
        return read_fields(self._fields, self.response, self.request)


def read_fields(fields: type[H], response: Response, request: Request | None) -> H:
    """The header fields of a response as values of their types."""
    given = {
        field.encode_name: _plain(", ".join(values), field.type)
        for field in msgspec.structs.fields(fields)
        if (values := response.headers.get_all(field.encode_name))
    }
    try:
        return msgspec.convert(given, fields, strict=False)
    except msgspec.ValidationError as error:
        raise DecodeError(f"header fields: {error}", response, request) from error


def _plain(text: str, wanted: Any) -> str | list[str] | Mapping[str, str]:
    """A value in the parts that its type has."""
    kinds = [get_origin(each) for each in (wanted, *get_args(wanted))]
    if list not in kinds and dict not in kinds:
        return text
    parts = [part for each in text.split(",") if (part := each.strip())]
    if list in kinds:
        return parts
    if parts and "=" in parts[0]:
        pairs = [part.partition("=") for part in parts]
        return {name.strip(): value.strip() for name, _, value in pairs}
    return dict(zip(parts[::2], parts[1::2], strict=False))
