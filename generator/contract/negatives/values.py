"""Values around the limits of a schema: just inside, just outside, and of the wrong kind.

In come a schema's place and a value that it accepts, out come others with the keyword that they are
about. Whether one is inside or outside is for the validator to say, not for this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.api import walk
from generator.api.model import Api
from generator.contract.pointer import is_array, mapping
from generator.diagnostics import Where

Probe = tuple[str, object]
"""What is tried, in words that stay the same, and the value."""

_QUANTIFIER = re.compile(r"\{(\d{1,4})(?:,(\d{1,4})?)?\}")
_LONGEST = 5000
_WRONG: tuple[Probe, ...] = (
    ("a number in its place", 1815),
    ("a fraction in its place", 18.15),
    ("a text in its place", "lockstep"),
    ("true in its place", True),
    ("null in its place", None),
    ("an array in its place", ["lockstep"]),
    ("an object in its place", {"lockstep": 1}),
)


def probes(api: Api, schema: Where, fine: object) -> Iterator[Probe]:
    """Values to try in place of a fine one."""
    if isinstance(fine, str):
        yield from texts(api, schema, fine)
    elif isinstance(fine, int | float) and not isinstance(fine, bool):
        yield from _numbers(api, schema)
    elif is_array(fine):
        yield from _arrays(api, schema, fine)
    if api.schemas[schema].enum:
        yield "a value that is not listed", "lockstep-not-listed"
    yield from _WRONG


def at_limit(what: str) -> bool:
    """Whether a probe is about a limit, so that it must be taken where it lies inside."""
    return "of length" in what or "mum" in what or "beyond the first plane" in what


def wrong_kinds() -> Iterator[Probe]:
    """A value of each kind."""
    yield from _WRONG


def texts(api: Api, schema: Where, fine: str) -> Iterator[tuple[str, str]]:
    """Texts of the lengths around each limit, and with what readers disagree about."""
    base = fine or "a"
    for limit in sorted(_lengths(api, schema)):
        for length in (limit - 1, limit, limit + 1):
            if 0 <= length <= _LONGEST:
                yield f"a text of length {length}", _long(base, length)
    most = walk.keyword(api, schema, "maxLength")
    if isinstance(most, int) and most <= _LONGEST:
        # Length counts code points, not UTF-16 units and not bytes.
        yield f"{most} characters beyond the first plane", "\U0001d54f" * most
    yield "a trailing newline", f"{fine}\n"
    yield "a null character", f"{fine}\u0000"
    yield "a leading blank", f" {fine}"
    yield "the other case", fine.swapcase()
    yield "a strange alphabet", f"{fine[:-1]}\u0436"
    yield "nothing in it", ""


def _lengths(api: Api, schema: Where) -> set[int]:
    found: set[int] = set()
    for name in ("minLength", "maxLength"):
        value = walk.keyword(api, schema, name)
        found |= {value} if isinstance(value, int) else set()
    pattern = walk.keyword(api, schema, "pattern")
    if isinstance(pattern, str):
        for match in _QUANTIFIER.finditer(pattern):
            found |= {int(each) for each in match.groups() if each}
    return found


def _long(base: str, length: int) -> str:
    """The text at this length: cut, or with its last character again and again."""
    return base[:length] if len(base) >= length else base.ljust(length, base[-1])


def _numbers(api: Api, schema: Where) -> Iterator[Probe]:
    for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        limit = walk.keyword(api, schema, name)
        if isinstance(limit, int | float):
            for step in (-1, 0, 1):
                yield f"{name} {'+' if step >= 0 else '-'} {abs(step)}", limit + step
    divisor = walk.keyword(api, schema, "multipleOf")
    if isinstance(divisor, int | float) and divisor:
        yield "not a multiple", divisor * 3 + divisor / 2


def _arrays(api: Api, schema: Where, fine: list[object]) -> Iterator[Probe]:
    yield "no items", []
    for name in ("minItems", "maxItems"):
        limit = walk.keyword(api, schema, name)
        if isinstance(limit, int) and 0 < limit <= _LONGEST and fine:
            for count in (limit - 1, limit, limit + 1):
                yield f"{count} items", (fine * (count // len(fine) + 1))[:count]
    if fine:
        yield "an item twice", [*fine, fine[0]]
        yield "an item of another kind", [*fine, mapping({"lockstep": 1})]
