"""Text of the description as lines of documentation: wrapped, with limits, defaults and roles.

What comes out is still text of the description and as hostile as before; only the quoting filters
print it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import cast

import msgspec

from generator.api import Api
from generator.api.walk import keyword, keywords, parts
from generator.diagnostics import Where
from generator.plan.names import words
from generator.plan.types import UNSET, Type, classes, members, text, union
from generator.plan.views.text import About, Lines, TypeView

_WRAP = 82
_MARKER = re.compile(r"\s*(?:[*+-]|\d+[.)])\s+")
_SENTENCE = re.compile(r"[.!?](?= [A-Z])")
_APART = re.compile(r"\s*(?:(?:[*+-]|\d+[.)])\s|[|#>]|```|~~~)|\s{4}")
_LONGEST_VALUE = 60


@lru_cache(10_000)  # Operations of an API say the same of what they have in common.
def wrapped(text: str, indent: int, hanging: str = "") -> tuple[str, ...]:
    """Text as lines for a docstring: paragraphs are filled, lists, tables and code stay lines."""
    lines: list[str] = []
    for line in _joined(text.expandtabs(4).splitlines()):
        if len(line) <= _WRAP - indent:
            lines.append(line)
            continue
        lead = line[: len(line) - len(line.lstrip())]
        marker = _MARKER.match(line)
        deeper = " " * len(marker[0]) if marker else lead
        lines += filled(line, _WRAP - indent, deeper + hanging)
    return tuple(_trimmed(lines))


def filled(line: str, width: int, deeper: str) -> list[str]:
    """A line cut at blanks into lines of a width, all but the first of them indented deeper.

    A word that is wider has a line of its own. As `textwrap` does it, in a fifth of its time.
    """
    lines: list[str] = []
    rest, indent = line, ""
    while rest:
        room = width - len(indent)
        if len(rest) <= room:
            cut = len(rest)
        else:
            lead = len(rest) - len(rest.lstrip(" "))
            cut = rest.rfind(" ", lead, room + 1)
            if cut < 0 and lead:
                rest = rest[lead:]
                continue
            if cut < 0:
                cut = rest.find(" ")
            if cut < 0:
                cut = len(rest)
        lines.append(indent + rest[:cut].rstrip(" "))
        rest, indent = rest[cut:].lstrip(" "), deeper
    return lines


def _joined(lines: list[str]) -> list[str]:
    """Lines of one paragraph as one line; a fenced block is left alone."""
    found: list[str] = []
    open_paragraph = fenced = False
    for line in lines:
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        plain = bool(line.strip()) and not fenced and not _APART.match(line)
        if plain and open_paragraph:
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found.append(line.rstrip())
        open_paragraph = plain or (bool(_MARKER.match(line)) and not fenced)
    return found


def paragraphs(texts: Iterable[str], indent: int) -> Lines:
    """Several texts, a blank line between; those that are empty are left out."""
    lines: list[str] = []
    for each in texts:
        block = wrapped(each, indent)
        if block:
            lines += ["", *block] if lines else block
    return tuple(lines)


def limits(api: Api, place: Where | None) -> str:
    """What a schema demands of a value, as sentences; empty where it demands nothing."""
    if place is None:
        return ""
    word = keywords(api, _not_null(api, place)).get
    found = [
        _between(word("minLength"), word("maxLength"), "character"),
        _between(word("minItems"), word("maxItems"), "item"),
        _range(word),
        "each item once" if word("uniqueItems") is True else "",
        (f"a multiple of {_value(word('multipleOf'))}" if word("multipleOf") is not None else ""),
        f"format {word('format')}" if isinstance(word("format"), str) else "",
        f"pattern `{word('pattern')}`" if isinstance(word("pattern"), str) else "",
    ]
    said = "; ".join(part for part in found if part)
    return said[:1].upper() + said[1:] + "." if said else ""


def _not_null(api: Api, place: Where) -> Where:
    """The only alternative beside null, else the schema itself."""
    schema = api.schema(place)
    branches = [*schema.many("anyOf"), *schema.many("oneOf")]
    others = [each for each in branches if api.schema(each).types != frozenset({"null"})]
    return others[0] if len(others) == 1 and len(branches) == 2 else place


def beside(api: Api, place: Where) -> str:
    """What an object may or must have besides its fields, as sentences."""
    return " ".join(dict.fromkeys(s for part in parts(api, place) for s in _beside(api, part)))


def _beside(api: Api, place: Where) -> Iterator[str]:
    schema = api.schema(place)
    rest = schema.one("additionalProperties") or schema.one("unevaluatedProperties")
    # https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.3: `true` says nothing.
    if rest is not None and api.schema(rest).types:
        yield f"Other fields ({_types(api, rest)}) are in `extra_fields`."
    for pattern, each in schema.named("patternProperties").items():
        told = f" ({_types(api, each)})" if api.schema(each).types else ""
        yield f"Fields whose names match `{pattern}`{told} are in `extra_fields`."
    declared = schema.keywords.get("dependentRequired")
    needs: Mapping[str, object] = {}
    if isinstance(declared, dict):
        needs = cast("dict[str, object]", declared)
    for name, more in needs.items():
        if isinstance(more, list) and more:
            named = " and ".join(f"`{each}`" for each in cast("list[object]", more))
            yield f"With `{name}` goes {named}."


def _types(api: Api, place: Where) -> str:
    return " or ".join(sorted(api.schema(place).types))


def about(api: Api, place: Where | None, description: str, *, deprecated: bool) -> About:
    """What is said of a field or argument."""
    said = (description.strip(), "Deprecated." if deprecated else "")
    value = None if place is None else keyword(api, place, "default")
    return About(
        text=joined(said),
        limits=limits(api, place),
        default="" if value is None else _value(value),
    )


def whole(about: About) -> str:
    """What is said of a field or argument in one text."""
    default = f"The server's default is `{about.default}`." if about.default else ""
    return joined((about.text, about.limits, default))


def joined(texts: Iterable[str]) -> str:
    """Several texts as one, those with a full stop that others follow."""
    kept = [text for text in texts if text]
    return " ".join([*map(sentence, kept[:-1]), *kept[-1:]])


def beyond(name: str, text: str) -> str:
    """What a text says beyond a name; titles that are made of names say nothing."""
    return "" if words(text.lower()) == words(name.lower()) else text


@cache
def shown(kind: Type, inside: str = "{}") -> TypeView:
    """A type as documentation shows it: without UnsetType, inside of another text."""
    kind = union(*(each for each in members(kind) if each != UNSET))
    model = next(classes(kind), "")
    return TypeView(text=inside.format(text(kind)), model=model.lower())


def sentence(text: str) -> str:
    """Text with a full stop, where it ends in none."""
    stripped = text.strip()
    return stripped + "." if stripped and stripped[-1].isalnum() else stripped


def first_sentence(text: str) -> str:
    """The first sentence of a text, for where all of it is too long."""
    flat = " ".join(text.split())
    end = _SENTENCE.search(flat)
    return flat[: end.end()].rstrip() if end else flat


def _between(least: object, most: object, unit: str) -> str:
    low = least if isinstance(least, int) and least > 0 else None
    high = most if isinstance(most, int) else None
    if low is not None and high is not None:
        return f"{low} {_plural(unit, low)}" if low == high else f"{low} to {high} {unit}s"
    if low is not None:
        return f"at least {low} {_plural(unit, low)}"
    return f"at most {high} {_plural(unit, high)}" if high is not None else ""


def _plural(unit: str, count: int) -> str:
    return unit if count == 1 else f"{unit}s"


def _range(about: Callable[[str], object]) -> str:
    low, high = about("minimum"), about("maximum")
    above, below = about("exclusiveMinimum"), about("exclusiveMaximum")
    if low is not None and high is not None:
        return f"{_value(low)} to {_value(high)}"
    found = [
        f"at least {_value(low)}" if low is not None else "",
        f"more than {_value(above)}" if above is not None else "",
        f"at most {_value(high)}" if high is not None else "",
        f"less than {_value(below)}" if below is not None else "",
    ]
    return " and ".join(part for part in found if part)


def _value(value: object) -> str:
    """A value as JSON, cut where it is long."""
    try:
        text = msgspec.json.encode(value).decode()
    except (TypeError, ValueError, OverflowError, UnicodeEncodeError):
        text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    return lines
