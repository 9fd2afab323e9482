"""The last gate before writing: a generated module may hold only what the templates write.

In: the text of a module. Out: what in its syntax tree no template writes; nothing for a sound one.
Should text of a description ever get out of its quotes, it would have to pass here as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
# Whether a name is read or written (`ctx`) is no node of its own here: one object stands for all.
_INSIDE = {kind: tuple(name for name in kind._fields if name != "ctx") for kind in _NODES}
_JUDGED = frozenset((ast.Expr, ast.If, ast.ImportFrom, ast.Call, ast.Attribute, ast.Name))
_MODULES = frozenset(("__future__", "collections.abc", "functools", "typing"))
_METHODS = frozenset(("call", "page", "__init__"))
_NO_CALLS = frozenset("eval exec compile getattr setattr delattr globals locals vars open".split())
_DUNDERS = frozenset(("__init__", "__all__"))


def unsafe(text: str) -> list[str]:
    """What the module holds that it must not; the first few, each with its line."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [f"does not parse: {error}"]
    return list(dict.fromkeys(_findings(tree)))[:5]


def _findings(tree: ast.Module) -> Iterator[str]:
    """What is strange, in the order of lines; every node of a client passes here."""
    found: list[tuple[int, str]] = []
    waiting: list[ast.AST] = [tree]
    line = 0
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is ast.Constant:
            continue
        inside = _INSIDE.get(kind)
        reason = f"{kind.__name__} is written by no template" if inside is None else ""
        if kind in _JUDGED:
            reason = _reason(node)
        line = getattr(node, "lineno", line)
        if reason:
            found.append((line, reason))
        for name in inside or kind._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                waiting += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST):
                waiting.append(value)
    return (f"line {number}: {reason}" for number, reason in sorted(found))


def _reason(node: ast.AST) -> str:
    if isinstance(node, ast.Expr) and not _is_docstring(node):
        return "a statement that is no docstring" if not _is_construction(node.value) else ""
    if isinstance(node, ast.If) and not _is_for_type_checkers(node):
        return "a condition"
    if isinstance(node, ast.ImportFrom) and not (node.level == 1 or node.module in _MODULES):
        return f"import of {node.module}"
    if isinstance(node, ast.Call):
        return _call_reason(node.func)
    if isinstance(node, ast.Attribute | ast.Name):
        name = node.attr if isinstance(node, ast.Attribute) else node.id
        return f"use of {name}" if name.startswith("__") and name not in _DUNDERS else ""
    return ""


def _is_docstring(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_for_type_checkers(node: ast.If) -> bool:
    """`if TYPE_CHECKING:` with imports below and no other way."""
    named = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return named and not node.orelse and all(isinstance(e, ast.ImportFrom) for e in node.body)


def _is_construction(node: ast.expr) -> bool:
    """`super().__init__(...)`, the one call that stands as a statement."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "__init__"
    )


def _call_reason(function: ast.expr) -> str:
    """Calls are of imported names (with their types), of `super` and of the caller's methods."""
    if isinstance(function, ast.Subscript):
        function = function.value
    if isinstance(function, ast.Name):
        return f"call of {function.id}" if function.id in _NO_CALLS else ""
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        return ""
    return "a call of something else than a name"
