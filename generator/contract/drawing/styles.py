"""Values as pairs of a query or a form, in the styles of parameters.

In come a parameter, a value and how its texts are quoted, out come names and texts, both quoted.
What no style says how to write, as an object within an array, is its JSON.
https://spec.openapis.org/oas/v3.1.1.html#style-values
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from generator.api.model import Parameter
from generator.contract.pointer import is_array, is_object

_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}

Quote = Callable[[str], str]


def pairs(parameter: Parameter, value: object, quote: Quote) -> Iterator[tuple[str, str]]:
    """The pairs of one parameter."""
    name = quote(parameter.name)
    if is_object(value):
        if parameter.style == "deepObject":
            members = _spread(value, quote)
            yield from ((f"{name}{quote('[')}{k}{quote(']')}", each) for k, each in members)
        elif parameter.explode:
            yield from _spread(value, quote)
        elif value:
            texts = [quote(text_of(each)) for pair in value.items() for each in pair]
            yield name, _joined(parameter, texts, quote)
    elif is_array(value):
        texts = [quote(text_of(each)) for each in value]
        whole = [_joined(parameter, texts, quote)] if texts else []
        yield from ((name, each) for each in (texts if parameter.explode else whole))
    else:
        yield name, quote(text_of(value))


def _spread(members: Mapping[str, object], quote: Quote) -> list[tuple[str, str]]:
    """The pairs of an object's members, of which an array is its items."""
    return [
        (quote(key), quote(text_of(each)))
        for key, member in members.items()
        for each in (member if is_array(member) else [member])
    ]


def _joined(parameter: Parameter, texts: list[str], quote: Quote) -> str:
    """Texts with the delimiter of the style, of which only the comma may stand as it is."""
    mark = _DELIMITERS.get(parameter.style)
    return (quote(mark) if mark else ",").join(texts)


def text_of(value: object) -> str:
    """The text of a value: itself, or its JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
