# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""What an error body says where its description does not tell: its code and its detail.

In comes a body as plain JSON or text, out go the first words under the names that errors widely
have, at its top, in its `error`, or in the first of its `errors`. Text is a detail by itself.
Known are RFC 9457 (problem details), RFC 6749 section 5.2 (OAuth 2.0), and JSON:API.
"""

from collections.abc import Iterator
from typing import Any

from .plain import is_array, is_object

_CODES = ("code", "errorCode", "error_code")
_DETAILS = ("detail", "message", "error_description", "msg", "title")


def code_and_detail(body: object) -> tuple[str | None, str | None]:
    """The code and the detail, each None where nothing says it."""
    if isinstance(body, str):
        return None, body.strip() or None
    places = list(_places(body))
    code, detail = _first(places, _CODES), _first(places, _DETAILS)
    error = _first(places, ("error",))
    return (code, error) if detail is None else (code or error, detail)


def _places(body: object) -> Iterator[dict[str, Any]]:
    if is_object(body):
        several = body.get("errors")
        first = several[0] if is_array(several) and several else None
        yield from (each for each in (body, body.get("error"), first) if is_object(each))


def _first(places: list[dict[str, Any]], names: tuple[str, ...]) -> str | None:
    values = (place.get(name) for name in names for place in places)
    return next((str(each) for each in values if _is_word(each)), None)


def _is_word(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""
