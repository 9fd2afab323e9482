"""What differs in the behaviours that descriptions declare (`x-lockstep-*`).

Behaviours are typed data, so they are compared as data: one fact for each field that differs, named
by its path in the extension. What a field means for callers is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from typing import cast

import msgspec

from generator.api import Api
from generator.api.behaviours import OperationBehaviours, ParameterBehaviours
from generator.diff.change import Fact


def operation_facts(
    old: OperationBehaviours, new: OperationBehaviours, renamed: Mapping[str, str]
) -> Iterator[Fact]:
    """How the behaviours of an operation differ; `renamed` are path parameters, old to new."""
    if old.resource is not None and renamed:
        used = old.resource.parameters
        parameters = {renamed.get(name, name): resource for name, resource in used.items()}
        resource = msgspec.structs.replace(old.resource, parameters=parameters)
        old = msgspec.structs.replace(old, resource=resource)
    for name in OperationBehaviours.__struct_fields__:
        yield from _extension(name, getattr(old, name), getattr(new, name))


def parameter_facts(old: ParameterBehaviours, new: ParameterBehaviours) -> Iterator[Fact]:
    """How the behaviours of a parameter differ."""
    for name in ParameterBehaviours.__struct_fields__:
        yield from _extension(name, getattr(old, name), getattr(new, name))


def document_facts(base: Api, revision: Api) -> Iterator[Fact]:
    """How the behaviours of the description as a whole differ."""
    old, new = base.behaviours, revision.behaviours
    for name in ("errors", "version"):
        yield from _extension(name, getattr(old, name), getattr(new, name), base, revision)
    for name in ("resources", "auth"):
        before, after = getattr(old, name), getattr(new, name)
        for key in dict.fromkeys((*before, *after)):
            yield from _extension(name, before.get(key), after.get(key), base, revision, key)


def _extension(
    name: str,
    old: object,
    new: object,
    base: Api | None = None,
    revision: Api | None = None,
    key: str = "",
) -> Iterator[Fact]:
    """One fact where it came or went as a whole, else one for each member that differs."""
    if old == new:
        return
    before, after = (msgspec.to_builtins(each) for each in (old, new))
    for path, one, other in _differences(before, after, key):
        action = "added" if _nothing(before) else "removed" if _nothing(after) else "changed"
        subject = _minor(name, path) or _SUBJECTS.get(name, name)
        yield Fact(
            subject=f"behaviour-{subject}",
            action=action,
            before=one,
            after=other,
            name=path,
            base=base.where if base else None,
            revision=revision.where if revision else None,
        )


def _minor(name: str, path: str) -> str:
    """What weighs on nobody: what a mock holds at first, who calls it, how an error is worded."""
    levels = path.split("/")
    if len(levels) == 2 and (name, levels[1]) in (("resources", "seed"), ("auth", "principals")):
        return "examples"
    faulty = name == "faults" or (name == "errors" and levels[0] == "faults")
    return "wording" if faulty and len(levels) > 1 and levels[-1] == "detail" else ""


_SUBJECTS = {"resources": "resource", "errors": "error"}


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, Sized) and not value)


def _differences(old: object, new: object, path: str) -> Iterator[tuple[str, object, object]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and old and new:
        before, after = cast("Mapping[str, object]", old), cast("Mapping[str, object]", new)
        for key in dict.fromkeys((*before, *after)):
            inner = f"{path}/{key}" if path else key
            yield from _differences(before.get(key), after.get(key), inner)
    elif old != new:
        yield path, old, new
