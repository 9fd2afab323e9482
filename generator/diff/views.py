"""A schema as the comparison sees it: wrappers that say nothing of values are looked through.

A `$ref` with a description beside it is an allOf of one; `anyOf: [X, {type: null}]` is X or null;
a oneOf of bare types is a list of types. In comes a place, out goes a `View`: the schema that
decides, whether null was wrapped around it, and what the wrappers say of reading and life.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.api import Api, Schema, walk
from generator.diagnostics import Where

_ANNOTATIONS = frozenset(
    "title description examples default deprecated readOnly writeOnly x-sunset x-stability-level"
    " externalDocs $comment".split()
)
_NULL = frozenset(("null",))
_COMPOSED = ("anyOf", "oneOf")


@dataclass(frozen=True, slots=True)
class View:
    """A schema with its wrappers: `outer` is where it is used, `core` what decides on values."""

    api: Api
    outer: Where
    core: Where
    wrapped_null: bool = False

    @property
    def schema(self) -> Schema:
        """The schema that decides."""
        return self.api.schemas[self.core]

    def flag(self, keyword: str) -> bool:
        """Whether a wrapper or the schema itself, its allOf included, sets this flag."""
        return self.keyword(keyword) is True

    def keyword(self, name: str) -> object:
        """The first value of a keyword from the outside in."""
        found = walk.keyword(self.api, self.outer, name)
        return walk.keyword(self.api, self.core, name) if found is None else found

    @property
    def traits(self) -> frozenset[str]:
        """What rules ask of a schema besides its values."""
        told = {
            "read-only": self.flag("readOnly"),
            "write-only": self.flag("writeOnly"),
            "default": self.keyword("default") is not None,
        }
        return frozenset(name for name, holds in told.items() if holds)


def views(base: Api, revision: Api, old: Where, new: Where) -> tuple[View, View]:
    """Both schemas, unwrapped as far as that makes them comparable."""
    one, other = _unwrapped(base, old), _unwrapped(revision, new)
    one, other = _reference(one, other), _reference(other, one)
    return _unwrapped(base, old, one), _unwrapped(revision, new, other)


def _unwrapped(api: Api, outer: Where, view: View | None = None) -> View:
    start = view or View(api, outer, outer)
    inner = beside_null(api, start.core)
    return View(api, outer, inner, True) if inner is not None else start


def _reference(view: View, other: View) -> View:
    """The view through an allOf of one that only annotates, where the other side has none such."""
    schema, theirs = view.schema, other.schema.many("allOf")
    branches = schema.many("allOf")
    if len(branches) == 1 and bare(schema, "allOf"):
        parts = view.api.schemas[branches[0]].many("allOf")
        if not theirs or (len(parts) > 1 and len(theirs) > 1):
            return View(view.api, view.outer, branches[0], view.wrapped_null)
    return view


def bare(schema: Schema, *keywords: str) -> bool:
    """Whether a schema says nothing of values but by these keywords."""
    return (
        not schema.types
        and not schema.never
        and set(schema.children) <= set(keywords)
        and set(schema.keywords) <= _ANNOTATIONS
    )


def annotates(schema: Schema) -> bool:
    """Whether a schema says nothing of values at all."""
    return bare(schema)


def beside_null(api: Api, place: Where) -> Where | None:
    """The other branch of an anyOf or oneOf of something and null."""
    schema = api.schemas[place]
    for keyword in _COMPOSED:
        branches = schema.many(keyword)
        if len(branches) == 2 and bare(schema, keyword):
            rest = [each for each in branches if not _is_null(api.schemas[each])]
            if len(rest) == 1:
                return rest[0]
    return None


def _is_null(schema: Schema) -> bool:
    return schema.types == _NULL and not schema.children


def listed_types(view: View) -> frozenset[str]:
    """The types of an anyOf or oneOf whose branches say a type and nothing more."""
    for keyword in _COMPOSED:
        branches = [view.api.schemas[each] for each in view.schema.many(keyword)]
        if branches and all(each.types and only_types(each) for each in branches):
            return frozenset[str]().union(*(each.types for each in branches))
    return frozenset()


def only_types(schema: Schema) -> bool:
    """Whether a schema says at most a type."""
    return not schema.children and set(schema.keywords) <= _ANNOTATIONS


def simple_types(view: View) -> frozenset[str]:
    """The types of a schema that says a type, or a list of types by anyOf or oneOf."""
    listed = listed_types(view)
    if listed:
        return listed
    return view.schema.types if only_types(view.schema) else frozenset()
