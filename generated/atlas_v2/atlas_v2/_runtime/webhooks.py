# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Requests that an API makes of its users: webhooks and callbacks, read as their types.

In come the body and the header fields of a request, of whichever web framework, out goes the typed
body. One that is of no declared media type, or does not fit its type, is a DecodeError that names
the webhook and the path in the body. Whether the request is genuine is for the caller to find out
before: signatures are of the bytes, and no two APIs make them alike.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar, cast

from msgspec import Struct

from .decode import read
from .errors import DecodeError, Misfit
from .messages import Headers, essence, standing_for
from .plain import is_mapping

T = TypeVar("T")


class Carried(Struct, frozen=True):
    """One media type of a webhook's body, with its type."""

    media_type: str
    type: Any


class Webhook(Struct, Generic[T], frozen=True, kw_only=True):
    """One request that the API makes; its body is a T, or None where there is no body."""

    name: str
    bodies: tuple[Carried, ...] = ()

    def decode(self, body: bytes, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> T:
        """The body of a request, by its Content-Type, or by the only one there is."""
        if not self.bodies:
            return cast("T", None)
        fields = Headers(headers.items() if is_mapping(headers) else cast("Any", headers))
        media_type = essence(fields.get("content-type") or "")
        carried = self._carried(media_type)
        try:
            return cast(
                "T", read(body, media_type or essence(carried.media_type), fields, carried.type)
            )
        except Misfit as misfit:
            raise DecodeError(f"{self.name} does not fit: {misfit}") from misfit.__cause__

    def _carried(self, media_type: str) -> Carried:
        """The body of a media type; the first where the request says none."""
        if not media_type:
            return self.bodies[0]
        declared = [each.media_type for each in self.bodies]
        at = standing_for(declared, media_type)
        if at is None:
            reason = f"the media type {media_type!r} is not described ({', '.join(declared)})"
            raise DecodeError(f"{self.name}: {reason}")
        return self.bodies[at]
