"""Which operation, parameter and media type of the one description is which of the other.

An operation is known by its method and its path template below the server's path, parameters by
position: names of path parameters say nothing. A prefix that hides in the paths of one side can be
cut off. Media types are known by name; where one alone of a kind went and one alone came, the new
one follows the old one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.api import Api, Content, Operation, Parameter
from generator.diff.change import Action

_FEWEST = 3
_TEMPLATE = re.compile(r"\{[^{}]*\}")

Element = TypeVar("Element")


@dataclass(frozen=True, slots=True)
class Pairs(Generic[Element]):
    """Elements that correspond, and those that one side alone has."""

    both: tuple[tuple[Element, Element], ...]
    removed: tuple[Element, ...]
    added: tuple[Element, ...]

    @property
    def lonely(self) -> Iterator[tuple[Action, Element]]:
        """Elements of one side alone, with what became of them."""
        for each in self.removed:
            yield "removed", each
        for each in self.added:
            yield "added", each


def pair_up(
    old: Iterable[Element], new: Iterable[Element], *keys: Callable[[Element], Hashable]
) -> Pairs[Element]:
    """Pair by the first key, what is left by the next; an element without a key stays alone."""
    removed, added = list(old), list(new)
    both: list[tuple[Element, Element]] = []
    for key in keys:
        waiting: dict[Hashable, list[Element]] = {}
        for each in added:
            waiting.setdefault(key(each), []).append(each)
        kept: list[Element] = []
        for each in removed:
            found = waiting.get(key(each)) if key(each) is not None else None
            if found:
                both.append((each, found.pop(0)))
            else:
                kept.append(each)
        taken = {id(pair[1]) for pair in both}
        removed, added = kept, [each for each in added if id(each) not in taken]
    return Pairs(tuple(both), tuple(removed), tuple(added))


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What to cut off the paths of either side before they are compared."""

    base: str = ""
    revision: str = ""


NO_PREFIX = Prefixes()
"""Paths as they are written."""


def inferred(base: Api, revision: Api) -> Prefixes:
    """The prefixes under which most operations meet; none where half of them meet without.

    Prefixes under which few operations meet would be chance, so they are not taken either.
    """
    enough = max(min(len(base.operations), len(revision.operations)) / 2, _FEWEST)
    if _met(base, revision, NO_PREFIX) >= enough:
        return NO_PREFIX
    candidates = [
        Prefixes(one, other) for one in _common_starts(base) for other in _common_starts(revision)
    ]
    best = max(candidates, key=lambda each: _met(base, revision, each))
    return best if _met(base, revision, best) >= enough else NO_PREFIX


def _met(base: Api, revision: Api, prefixes: Prefixes) -> int:
    return len(operations(base, revision, prefixes).both)


def _common_starts(api: Api) -> list[str]:
    """Every start of whole segments that all paths share, the empty one first."""
    split = [each.path.split("/") for each in api.operations]
    starts = [""]
    for level in zip(*split, strict=False):
        if len(set(level)) > 1 or "{" in level[0]:
            break
        if level[0]:
            starts.append(f"{starts[-1]}/{level[0]}")
    return starts


def operations(base: Api, revision: Api, prefixes: Prefixes = NO_PREFIX) -> Pairs[Operation]:
    """Operations of both descriptions, by method and path, then by path without its last slash."""
    ours = {id(each): cut(each.path, prefixes.base) for each in base.operations}
    theirs = {id(each): cut(each.path, prefixes.revision) for each in revision.operations}
    paths = ours | theirs

    def path(operation: Operation) -> str:
        return paths[id(operation)]

    return pair_up(
        base.operations,
        revision.operations,
        lambda each: (each.method, path(each)),
        lambda each: (each.method, template(path(each))),
        lambda each: (each.method, template(path(each)).rstrip("/")),
    )


def aliases(base: Api, revision: Api, prefixes: Prefixes) -> dict[str, str]:
    """The pointers of the base that became others: operations, path parameters, media types."""
    found: dict[str, str] = {}
    for old, new in operations(base, revision, prefixes).both:
        before, after = old.where.pointer, new.where.pointer
        found[before] = after
        for name, other in renamed(old, new, prefixes).items():
            found[f"{before}/parameters/path:{name}"] = f"{after}/parameters/path:{other}"
        for mine, theirs in _contents_of(old, new):
            found[mine.where.pointer] = theirs.where.pointer
    return found


def _contents_of(old: Operation, new: Operation) -> Iterator[tuple[Content, Content]]:
    """The media types of both operations that correspond."""
    sides = [(old.body.content, new.body.content)] if old.body and new.body else []
    statuses = pair_up(old.responses, new.responses, lambda each: each.status)
    sides += [(one.content, other.content) for one, other in statuses.both]
    for before, after in sides:
        found, successions = contents(before, after)
        yield from (*found.both, *successions)


def cut(path: str, prefix: str) -> str:
    """The path without a prefix that ends where a segment does."""
    prefix = prefix.rstrip("/")
    inside = prefix and (path == prefix or path.startswith(f"{prefix}/"))
    return path[len(prefix) :] or "/" if inside else path


def template(path: str) -> str:
    """The path with every parameter's name left out."""
    return _TEMPLATE.sub("{}", path)


def parameters(old: Operation, new: Operation, prefixes: Prefixes = NO_PREFIX) -> Pairs[Parameter]:
    """Parameters of both operations: in the path by position, elsewhere by place and name."""
    before = positions(cut(old.path, prefixes.base))
    after = positions(cut(new.path, prefixes.revision))
    known = {id(each): parameter_key(each, before) for each in old.parameters}
    known |= {id(each): parameter_key(each, after) for each in new.parameters}
    return pair_up(old.parameters, new.parameters, lambda each: known[id(each)])


def renamed(old: Operation, new: Operation, prefixes: Prefixes = NO_PREFIX) -> dict[str, str]:
    """What the names of path parameters became."""
    before = positions(cut(old.path, prefixes.base))
    after = positions(cut(new.path, prefixes.revision))
    return {one: other for (one, other) in zip(before, after, strict=False) if one != other}


def positions(path: str) -> dict[str, int]:
    """The names of a path template by their position."""
    names = [found[1:-1] for found in _TEMPLATE.findall(path)]
    return {name: index for index, name in enumerate(names)}


def parameter_key(parameter: Parameter, places: dict[str, int]) -> Hashable:
    """By what a parameter is known: its position in the path, else its place and name."""
    if parameter.location == "path" and parameter.name in places:
        return ("path", places[parameter.name])
    # RFC 9110, section 5.1: names of header fields do not depend on case.
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    return (parameter.location, name)


def contents(
    old: Iterable[Content], new: Iterable[Content]
) -> tuple[Pairs[Content], tuple[tuple[Content, Content], ...]]:
    """Media types of both bodies by name, and those that follow each other under a new name."""
    found = pair_up(old, new, lambda each: media_name(each.media_type))
    return found, tuple(_successions(found.removed, found.added))


def _successions(
    removed: tuple[Content, ...], added: tuple[Content, ...]
) -> Iterable[tuple[Content, Content]]:
    for form in dict.fromkeys(syntax(each.media_type) for each in removed):
        gone = [each for each in removed if syntax(each.media_type) == form]
        came = [each for each in added if syntax(each.media_type) == form]
        if len(gone) == len(came) == 1:
            yield gone[0], came[0]


def media_name(media_type: str) -> str:
    """The media type as it is compared: without spaces and charset, in lower case.

    A charset says how a body is encoded, not what it is; JSON has none (RFC 8259, section 11).
    """
    essence, *parameters = media_type.replace(" ", "").lower().split(";")
    return ";".join((essence, *(each for each in parameters if not each.startswith("charset="))))


def name_change(old: str, new: str) -> str:
    """How one media type is named after another: the same, changed, generalized or specialized."""
    if media_name(old) == media_name(new):
        same = old.replace(" ", "").lower() == new.replace(" ", "").lower()
        return "" if same else "changed"
    if media_name(new) == _plain(old):
        return "generalized"
    return "specialized" if media_name(old) == _plain(new) else ""


def _plain(media_type: str) -> str:
    """What the structured suffix of a media type stands for (RFC 6838, section 4.2.8)."""
    return f"{media_name(media_type).partition('/')[0]}/{syntax(media_type)}"


def syntax(media_type: str) -> str:
    """How a body of this media type is written: its suffix, or its subtype (RFC 6838, 4.2.8)."""
    essence = media_name(media_type).partition(";")[0]
    return essence.rpartition("+")[2].rpartition("/")[2]
