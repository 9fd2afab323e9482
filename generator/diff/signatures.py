"""What became of a signature: whether calls as they were go on, and what of it differs.

In come two signatures as Python writes them, from the opening bracket on; nothing is imported or
run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SignatureChange:
    """`narrowed` where calls fail, `extended` where all go on, else `changed`; `told` says why."""

    kind: Literal["narrowed", "extended", "changed"]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Argument:
    annotation: str
    optional: bool
    position: int | None


def signature_change(old: str, new: str) -> SignatureChange:
    """How a call of the new signature differs from one of the old."""
    before, after = _parsed(old), _parsed(new)
    if before is None or after is None:
        return SignatureChange("changed")
    one, other = _arguments(before), _arguments(after)
    refused = tuple(_refused(one, other))
    if refused:
        return SignatureChange("narrowed", refused)
    typed = (*_typed(one, other), *_returned(before, after))
    if typed:
        return SignatureChange("changed", typed)
    return SignatureChange("extended", tuple(_extended(one, other)))


def _refused(old: dict[str, _Argument], new: dict[str, _Argument]) -> Iterator[str]:
    lost = [name for name in old if name not in new]
    asked = [name for name, each in old.items() if not each.optional]
    needed = [name for name, each in new.items() if not each.optional and name not in asked]
    if lost:
        yield f"lost {', '.join(lost)}"
    if needed:
        yield f"needs {', '.join(needed)}"
    moved = [name for name, each in old.items() if name in new and _moved(each, new[name])]
    if moved:
        yield f"takes {', '.join(moved)} in another position"


def _moved(old: _Argument, new: _Argument) -> bool:
    """Whether calls that give the argument by its position give another one now."""
    return old.position is not None and old.position != new.position


def _typed(old: dict[str, _Argument], new: dict[str, _Argument]) -> Iterator[str]:
    for name, each in old.items():
        if each.annotation != new[name].annotation:
            yield f"takes {name} as {new[name].annotation}, no longer {each.annotation}"


def _returned(old: ast.FunctionDef, new: ast.FunctionDef) -> Iterator[str]:
    before, after = _told(old.returns), _told(new.returns)
    if before != after:
        yield f"gives {after or 'anything'}, no longer {before or 'anything'}"


def _extended(old: dict[str, _Argument], new: dict[str, _Argument]) -> Iterator[str]:
    more = [name for name in new if name not in old]
    spared = [name for name, each in old.items() if not each.optional and new[name].optional]
    if more:
        yield f"takes {', '.join(more)}"
    if spared:
        yield f"needs no {', '.join(spared)}"


def _parsed(signature: str) -> ast.FunctionDef | None:
    try:
        (statement,) = ast.parse(f"def call{signature}: ...").body
    except (SyntaxError, ValueError):
        return None
    return statement if isinstance(statement, ast.FunctionDef) else None


def _arguments(function: ast.FunctionDef) -> dict[str, _Argument]:
    found = function.args
    plain = [*found.posonlyargs, *found.args]
    first_optional = len(plain) - len(found.defaults)
    arguments = {
        each.arg: _Argument(_told(each.annotation), position >= first_optional, position)
        for position, each in enumerate(plain)
    }
    for each, default in zip(found.kwonlyargs, found.kw_defaults, strict=True):
        arguments[each.arg] = _Argument(_told(each.annotation), default is not None, None)
    return arguments


def _told(annotation: ast.expr | None) -> str:
    return ast.unparse(annotation) if annotation is not None else ""
