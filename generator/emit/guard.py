"""The last gate before writing: a generated module may hold only what the templates write.

In: the text of a module. Out: what in its syntax tree no template writes; nothing for a sound one.
Should text of a description ever get out of its quotes, it would have to pass here as well.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, cast

_NODES: tuple[type[ast.AST], ...] = (
    ast.Module,
    ast.ClassDef,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.arguments,
    ast.arg,
    ast.Return,
    ast.If,
    ast.Assign,
    ast.AnnAssign,
    ast.Expr,
    ast.Await,
    ast.BoolOp,
    ast.Or,
    ast.BinOp,
    ast.BitOr,
    ast.Call,
    ast.keyword,
    ast.Constant,
    ast.Starred,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.ImportFrom,
    ast.alias,
    ast.UnaryOp,
    ast.USub,
)
_ATOMS = frozenset(("arg", "asname", "attr", "ctx", "id", "kind", "level", "module", "name"))
"""Fields that hold no node, or none that could be strange."""
_INSIDE: dict[type[ast.AST], tuple[str, ...]] = {
    **{kind: tuple(name for name in kind._fields if name not in _ATOMS) for kind in _NODES},
    ast.Constant: (),
}
_MODULES = frozenset(("__future__", "collections.abc", "decimal", "functools", "typing"))
_METHODS = frozenset(("call", "filled", "formed", "narrowed", "page", "page_or_whole", "__init__"))
_NO_CALLS = frozenset("eval exec compile getattr setattr delattr globals locals vars open".split())
_DUNDERS = frozenset(("__all__", "__getattr__", "__init__", "__name__", "__version__"))


def unsafe(text: str) -> list[str]:
    """What the module holds that it must not; the first few, each with its line."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [f"does not parse: {error}"]
    return list(dict.fromkeys(_findings(tree)))[:5]


def _findings(tree: ast.Module) -> Iterator[str]:
    """What is strange, in the order of lines."""
    strange = sorted((line, reason) for line, node in _judged(tree) if (reason := _reason(node)))
    return (f"line {line}: {reason}" for line, reason in strange)


def _judged(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """Every node that may be strange, with its line or that of what was met before it.

    `ast.walk` asks each node for all it might hold, and takes three times as long.
    """
    waiting: list[object] = [tree]
    line = 0
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.AST):
            continue
        line = getattr(node, "lineno", line)
        inside = _INSIDE.get(type(node))
        if inside is None or type(node) in _JUDGES:
            yield line, node
        for name in inside or ():
            value: object = getattr(node, name, None)
            if isinstance(value, list):
                waiting += cast("list[object]", value)
            else:
                waiting.append(value)


def _reason(node: ast.AST) -> str:
    """Why a node is strange; empty where it is not."""
    if type(node) not in _INSIDE:
        return f"{type(node).__name__} is written by no template"
    return _JUDGES[type(node)](node)


def _statement(node: ast.Expr) -> str:
    sound = _is_docstring(node) or _is_ellipsis(node) or _is_construction(node.value)
    return "" if sound else "a statement that is no docstring"


def _condition(node: ast.If) -> str:
    return "" if _is_for_type_checkers(node) else "a condition"


def _import(node: ast.ImportFrom) -> str:
    return "" if node.level == 1 or node.module in _MODULES else f"import of {node.module}"


def _name(name: str) -> str:
    return f"use of {name}" if name.startswith("__") and name not in _DUNDERS else ""


def _is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_ellipsis(node: ast.Expr) -> bool:
    """The body of an overload."""
    return isinstance(node.value, ast.Constant) and node.value.value is ...


def _is_for_type_checkers(node: ast.If) -> bool:
    """`if TYPE_CHECKING:` with imports or aliases below, and else what stands for the aliases."""
    named = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    body = all(isinstance(each, ast.ImportFrom | ast.AnnAssign) for each in node.body)
    return named and body and all(isinstance(each, ast.Assign) for each in node.orelse)


def _is_construction(node: ast.expr) -> bool:
    """`super().__init__(...)`, the one call that stands as a statement."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "__init__"
    )


def _call(function: ast.expr) -> str:
    """Calls are of imported names (with their types), of `super` and of the caller's methods."""
    if isinstance(function, ast.Subscript):
        function = function.value
    if isinstance(function, ast.Name):
        return f"call of {function.id}" if function.id in _NO_CALLS else ""
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        return ""
    return "a call of something else than a name"


_JUDGES: dict[type[ast.AST], Callable[[Any], str]] = {
    ast.Expr: _statement,
    ast.If: _condition,
    ast.ImportFrom: _import,
    ast.Call: lambda node: _call(node.func),
    ast.Attribute: lambda node: _name(node.attr),
    ast.Name: lambda node: _name(node.id),
}
"""Kinds of nodes that may be strange, and what says why; all others that we know are sound."""
