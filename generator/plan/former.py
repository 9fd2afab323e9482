"""Names of before: what is called otherwise now keeps its old name, as a deprecated alias.

In: what the manifest says of the package that stands. Out: for each public name the names that it
had. An operation is the same one if its method and path are, whatever the parameters in the path
are called; a class is the same one if it stands at the same place or is the only one that came with
the very fields, values or alternatives of the only one that went. Which names are kept is what the
next manifest says, so an alias stays until they are forgotten.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec import Struct

from generator.api import Api, Operation
from generator.diagnostics import Where
from generator.plan.names import ANNOTATION_NAMES, Names

_PLACE = re.compile(r"\{([^{}]*)\}")
_MEMBER = re.compile(r"(.*)/(properties|enum|oneOf)/([^/]*)")
_VARIANTS = ("", " (class)", " (request)", " (unknown)")

Members = Mapping[str, frozenset[str]]
"""The fields, values or alternatives of each class, by its place as the table of names has it."""


class Before(Struct, frozen=True):
    """The package that stands: `resource.method` by operation, and names given up before.

    A name given up stands by the name that took its place: `models.Pet`, `pets.get`,
    `pets.get(pet_id)`.
    """

    operations: Mapping[str, str] = {}
    former: Mapping[str, tuple[str, ...]] = {}


class Former:
    """Finds the names of before; `given` is what the next manifest keeps of them."""

    def __init__(self, api: Api, names: Names, standing: Before | None) -> None:
        before = standing or Before()
        self._names = names
        self._is_first = standing is None
        self._before = before
        self._document = api.where.document
        labels = {each.label for each in api.operations}
        gone = {_shape(each): each for each in before.operations if each not in labels}
        found = {
            each: each if each in before.operations else gone.get(_shape(each)) for each in labels
        }
        self._labels = {now: was for now, was in found.items() if was is not None}
        self.given: dict[str, tuple[str, ...]] = {}

    def operation(self, operation: Operation, now: str) -> tuple[str, ...]:
        """The names, as `resource.method`, that an operation had."""
        was = self._labels.get(operation.label)
        return self._kept(now, [] if was is None else [self._before.operations[was]])

    def arguments(
        self, operation: Operation, method: str, now: Mapping[str, str], taken: Set[str]
    ) -> dict[str, str]:
        """The arguments of the path by the names that they had; `now` names them by their places.

        `method` is what the operation is called, as `resource.method`; names that are `taken` mean
        something else now.
        """
        was = self._arguments_were(operation, now)
        found: dict[str, str] = {}
        for name in now.values():
            key = f"{method}({name})"
            names = dict.fromkeys((*self._before.former.get(key, ()), was.get(name, name)))
            kept = tuple(each for each in names if each not in taken and _is_name(each))
            self.given |= {key: kept} if kept else {}
            found |= dict.fromkeys(kept, name)
        return found

    def _arguments_were(self, operation: Operation, now: Mapping[str, str]) -> dict[str, str]:
        was = self._labels.get(operation.label, operation.label)
        places = _PLACE.findall(operation.path), _PLACE.findall(was)
        method = operation.method.lower()
        owner = Where(self._document).at("paths", was.partition(" ")[2], method, "parameters")
        pairs = zip(*places, strict=True)
        return {
            now[place]: name
            for place, before in pairs
            if place in now and (name := self._names.known(owner.at(f"path:{before}").pointer))
        }

    def classes(self, now: Mapping[str, str], where: Where) -> dict[str, str]:
        """The classes of the models by the names that they had; `now` is what they are called."""
        if self._is_first:
            return {}
        moved = dict(self._moved(now))
        found: dict[str, str] = {}
        for key, name in sorted(now.items()):
            was = self._names.known(moved.get(key, key))
            for old in self._kept(f"models.{name}", [f"models.{was}"] if was else []):
                found[old.removeprefix("models.")] = name
        taken = {*now.values(), *ANNOTATION_NAMES}
        for old in sorted(taken & found.keys()):
            self._names.report(old, found.pop(old), where)
        return found

    def _kept(self, now: str, was: Iterable[str]) -> tuple[str, ...]:
        """The names of before, but for the name that stands."""
        before = self._before.former
        found = [
            *before.get(now, ()),
            *(old for each in was for old in (*before.get(each, ()), each)),
        ]
        names = tuple(name for name in dict.fromkeys(found) if name != now and _is_path(name))
        if names:
            self.given[now] = names
        return names

    def _moved(self, now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Keys of classes with the keys that they had."""
        before, after = self._names.table, self._names.given
        went = _alone(_members(before, after))
        for members, key in _alone(_members(after, before)).items():
            if members in went:
                for variant in _VARIANTS:
                    if key + variant in now:
                        yield key + variant, went[members] + variant


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)


def _is_path(text: str) -> bool:
    """Whether a text is two names with a dot between; a manifest may have been edited."""
    owner, _, name = text.partition(".")
    return _is_name(owner) and _is_name(name)


def _shape(label: str) -> str:
    """Method and path without the names of parameters."""
    return _PLACE.sub("{}", label)


def _members(table: Mapping[str, str], other: Mapping[str, str]) -> Members:
    """The members of the classes of one table that are not in the other."""
    found: dict[str, set[str]] = {}
    for key in table:
        member = None if key in other else _MEMBER.fullmatch(key)
        if member is not None and not any(member[1] + each in other for each in _VARIANTS[:2]):
            found.setdefault(member[1], set()).add(f"{member[2]} {member[3]}")
    return {key: frozenset(each) for key, each in found.items()}


def _alone(members: Members) -> dict[frozenset[str], str]:
    """Classes by their members, but for those that another has, too."""
    found: dict[frozenset[str], list[str]] = {}
    for key, each in members.items():
        found.setdefault(each, []).append(key)
    return {each: keys[0] for each, keys in found.items() if len(keys) == 1}
