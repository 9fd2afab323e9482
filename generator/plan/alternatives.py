"""What an alternative that has no name is called beside the others of its union.

In: the schema that lists alternatives, and which of them. Out: words that follow the union's name:
none where all others are plain values, so that it is the only class; else its title, else the
constant that tells it apart, else its number. What is as long as prose is no name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.api import Api, Schema
from generator.api.walk import properties
from generator.diagnostics import Where
from generator.plan.names import capitals

_LONGEST = 40
_PLAIN = frozenset(("string", "integer", "number", "boolean", "null"))


class Alternatives:
    """The names of the alternatives of one Api's unions, each union looked at once."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._found: dict[tuple[Where, str], Sequence[str]] = {}

    def name(self, union: Where, keyword: str, number: int) -> str:
        """What to add to the union's name for one alternative."""
        key = union, keyword
        if key not in self._found:
            schema = self._api.schemas.get(union)
            self._found[key] = [] if schema is None else self._names(schema.many(keyword))
        found = self._found[key]
        return found[number] if number < len(found) else f"Option{number + 1}"

    def _names(self, branches: Sequence[Where]) -> Sequence[str]:
        classes = [each for each in branches if not self._is_plain(each)]
        if len(classes) == 1:
            return [""] * len(branches)
        wanted = {each: tuple(dict.fromkeys(filter(None, self._wanted(each)))) for each in branches}
        uses = Counter(name for names in wanted.values() for name in names)
        told = [_chosen(wanted[each], uses, len(classes)) for each in branches]
        return list(_apart(told))

    def _is_plain(self, branch: Where) -> bool:
        """Whether an alternative is a string, a number, one value or null: there is no class."""
        schema = self._api.schemas[branch]
        if schema.children or schema.never:
            return schema.never
        values = _listed(schema)
        return len(values) == 1 if values else bool(schema.types) and schema.types <= _PLAIN

    def _wanted(self, branch: Where) -> Iterator[str]:
        """What an alternative may be called, the best first."""
        title = self._api.schemas[branch].keywords.get("title")
        if isinstance(title, str):
            yield _short(title)
        for place in properties(self._api, branch).values():
            values = _listed(self._api.schemas[place])
            if len(values) == 1 and isinstance(values[0], str):
                yield _short(values[0])


def _listed(schema: Schema) -> Sequence[object]:
    """The values that a schema lists, or its only one."""
    return schema.enum or ((schema.keywords["const"],) if "const" in schema.keywords else ())


def _chosen(names: Sequence[str], uses: Mapping[str, int], count: int) -> str:
    """The name that no other alternative has, else one that not all of them have."""
    alone = (name for name in names if uses[name] == 1)
    shared = (name for name in names if uses[name] < count)
    return next(alone, next(shared, "Option"))


def _apart(names: Iterable[str]) -> Iterator[str]:
    """Names as often as they come: with numbers, which options have from the first on."""
    seen = Counter[str]()
    for number, name in enumerate(names, 1):
        seen[name] += 1
        if name == "Option":
            yield f"{name}{number}"
        else:
            yield name if seen[name] == 1 else f"{name}{seen[name]}"


def _short(text: str) -> str:
    """The words of a text as the end of a name, nothing where they are prose."""
    name = capitals(text[: 2 * _LONGEST])
    return name if len(name) <= _LONGEST else ""
